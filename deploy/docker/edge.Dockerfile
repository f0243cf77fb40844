# The edge: nginx with ModSecurity and the OWASP Core Rule Set before the API, and the web app beside it.
# The bases are arguments, pinned in bases.json; a test compares. Behind a proxy that speaks TLS: --secret id=ca,src=<its certificates>.
ARG NODE_IMAGE=node:24-trixie-slim@sha256:8ec5d7557396cfe32d21c3f9c13072355ceab22b584578ca4bb28af31120cffe
ARG DEBIAN_IMAGE=debian:trixie-slim@sha256:a29215f6a35e51e22adffa17f89e9d2ef06214e64a2bad10d765c46aea49f11f

# The same lines as in api.Dockerfile, so that one installation serves both.
FROM ${NODE_IMAGE} AS dependencies
WORKDIR /src
COPY package.json package-lock.json .npmrc ./
COPY shared/package.json shared/
COPY server/package.json server/
COPY web/package.json web/
COPY load/package.json load/
COPY bench/package.json bench/
RUN --mount=type=cache,target=/root/.npm --mount=type=secret,id=ca \
  if [ -s /run/secrets/ca ]; then export NODE_EXTRA_CA_CERTS=/run/secrets/ca; fi; npm ci

FROM dependencies AS web
COPY tsconfig.json ./
COPY shared shared
COPY server server
COPY web web
RUN npm run build --workspace web
COPY deploy/docker/edge/compress.mjs deploy/docker/edge/headers.mjs deploy/docker/edge/
RUN node deploy/docker/edge/compress.mjs web/dist /edge/web \
  && npx rolldown deploy/docker/edge/headers.mjs --platform node --format esm --file /edge/headers.mjs

# Written for another parser: ModSecurity stops at a chained rule until a blank line stands before each directive.
FROM ${DEBIAN_IMAGE} AS rules
RUN apt-get update -qq && apt-get install -y -qq --no-install-recommends golang-go ca-certificates >/dev/null
COPY deploy/docker/edge/crs /crs
WORKDIR /crs
ARG GOPROXY
RUN --mount=type=secret,id=ca \
  if [ -s /run/secrets/ca ]; then export SSL_CERT_FILE=/run/secrets/ca; fi; \
  export GOTOOLCHAIN=local GOFLAGS=-mod=readonly && go mod download github.com/corazawaf/coraza-coreruleset/v4 && go mod verify >/dev/null \
  && from="$(go list -m -f '{{.Dir}}' github.com/corazawaf/coraza-coreruleset/v4)/rules" && mkdir -p /rules \
  && cp "$from"/@owasp_crs/*.data "$from/@crs-setup.conf.example" /rules/ \
  && for file in "$from"/@owasp_crs/*.conf; do sed 's/^Sec/\n&/' "$file" >"/rules/$(basename "$file")"; done \
  && mv /rules/@crs-setup.conf.example /rules/crs-setup.conf && sed -i 's/^Sec/\n&/' /rules/crs-setup.conf \
  && rm -f /rules/*-PHP.conf /rules/*-JAVA.conf /rules/RESPONSE-95[0-6]*.conf /rules/RESPONSE-980*.conf /rules/*IIS*

FROM ${NODE_IMAGE} AS node

# With node for one moment: at the start it writes the headers, by the server's own code.
FROM ${DEBIAN_IMAGE}
RUN apt-get update -qq \
  && apt-get install -y -qq --no-install-recommends nginx libnginx-mod-http-modsecurity libnginx-mod-http-brotli-static libnginx-mod-http-headers-more-filter >/dev/null \
  && rm -rf /var/lib/apt/lists/* /var/log/* /usr/share/doc /usr/share/man /var/www /etc/nginx/sites-enabled
COPY --from=rules /rules /etc/crs
COPY --from=web /edge/web /srv/web
COPY --from=web /edge/headers.mjs /usr/local/lib/edge/headers.mjs
COPY --from=node /usr/local/bin/node /usr/local/bin/node
COPY deploy/docker/edge/nginx.conf deploy/docker/edge/site.conf deploy/docker/edge/proxy.conf deploy/docker/edge/modsecurity.conf deploy/docker/edge/exclusions.conf /etc/edge/
COPY --chmod=755 deploy/docker/edge/start deploy/docker/edge/healthy deploy/docker/edge/route /usr/local/bin/
ENV API=api:3000 WAF=block
USER 10001:10001
EXPOSE 8080 8443
STOPSIGNAL SIGQUIT
HEALTHCHECK --interval=5s --timeout=3s --start-period=10s --retries=3 CMD ["healthy"]
ENTRYPOINT ["start"]
