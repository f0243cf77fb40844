/** One entry of the chain: a sentence, and behind it what changed and from where. */
import type { AuditEntry } from '@mortise/shared/audit'
import { html, nothing, type TemplateResult } from 'lit'
import { deviceOf } from '../account/device.ts'
import { actorOf, changesOf, deedOf, fieldWord } from './words.ts'
import '../ui/ui-icon.ts'
import '../ui/ui-time.ts'

type View = {
  /** Who reads. */
  me: string | undefined
  /** The number of the entry that is shown below; a chain shows no joint where one is left out. */
  below: number | undefined
  /** The newest of all: the next one goes above it. */
  isHead: boolean
}

export function entryRow(entry: AuditEntry, { me, below, isHead }: View): TemplateResult {
  const isJoined = below === entry.seq - 1
  return html`<li class=${isJoined ? '' : 'is-apart'}>
    ${isHead ? html`<span class="mouth" aria-hidden="true"></span>` : nothing}
    <details class="entry">
      <summary>
        <ui-time datetime=${entry.at}></ui-time>
        <span class="what"><b>${actorOf(entry, me)}</b> ${deedOf(entry)}</span>
        <span class="from cut">${entry.address ?? ''}</span>
        <span class="nr num"><span class="vh">Entry </span>${entry.seq.toLocaleString()}</span>
        <ui-icon name="down" small></ui-icon>
      </summary>
      <div class="entry-body">${changes(entry)}${facts(entry)}</div>
    </details>
  </li>`
}

function changes(entry: AuditEntry) {
  const all = changesOf(entry)
  if (all.length === 0) return nothing
  return html`<dl class="facts">
    ${all.map(
      ({ field, was, became }) =>
        html`<div>
          <dt>${fieldWord(field)}</dt>
          <dd class="diff">
            ${was === undefined ? nothing : html`<del><span class="vh">Before: </span>${shown(was)}</del>`}
            ${was !== undefined && became !== undefined ? html`<ui-icon name="arrowRight" small></ui-icon>` : nothing}
            ${became === undefined ? nothing : html`<ins><span class="vh">After: </span>${shown(became)}</ins>`}
          </dd>
        </div>`,
    )}
  </dl>`
}

const shown = (value: string | number | boolean): string => (value === '' ? 'nothing' : String(value))

function facts({ address, userAgent, procedure, requestId, hash, seq }: AuditEntry) {
  const from = [address, userAgent ? deviceOf(userAgent).name : ''].filter(Boolean).join(', ')
  return html`<dl class="facts">
    ${from ? fact('From', from) : nothing} ${procedure ? fact('Call', html`<code>${procedure}</code>`) : nothing}
    ${requestId ? fact('Request', html`<code>${requestId}</code>`) : nothing}
    ${fact('This entry', html`<code title=${hash}>${shortened(hash)}</code>`)}
    ${fact('Joined to', seq === 1 ? 'nothing: it is the first one' : `entry ${(seq - 1).toLocaleString()}`)}
  </dl>`
}

const fact = (name: string, value: unknown) =>
  html`<div>
    <dt>${name}</dt>
    <dd>${value}</dd>
  </div>`

const shortened = (hash: string): string => `${hash.slice(0, 4)} ${hash.slice(4, 8)} ${hash.slice(8, 12)} … ${hash.slice(-4)}`
