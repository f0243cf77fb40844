/** What the panel needs beside the shared sheet: forms in place, and the tint of what somebody else changed. */
import { css } from 'lit'

export const taskPanelCss = css`
  :host {
    display: block;
    min-width: 0;
  }
  h1 {
    overflow-wrap: anywhere;
  }
  .title-form,
  .text-form {
    display: grid;
    gap: var(--s2);
  }
  .text-form {
    padding-top: var(--s3);
  }
  .title-form {
    grid-column: 2 / -1;
  }
  .prose p {
    white-space: pre-line;
    overflow-wrap: anywhere;
  }
  .date {
    width: 9.5rem;
  }
  .input.quiet {
    border-color: transparent;
    background: none;
    margin-inline-start: calc(-1 * var(--s2));
  }
  .input.quiet:hover {
    background: var(--hover);
  }
  .panel-title > .glyph-btn {
    width: 1.5rem;
  }
  .fresh {
    background: var(--tint);
    box-shadow: 0 0 0 4px var(--tint);
    border-radius: var(--r-s);
    animation: fade-tint 4s var(--ease) both;
  }
  .props > div {
    padding-block: 2px;
  }
  app-conflict {
    display: block;
    margin-bottom: var(--s6);
  }
  @keyframes fade-tint {
    60% {
      background: var(--tint);
      box-shadow: 0 0 0 4px var(--tint);
    }
    to {
      background: transparent;
      box-shadow: none;
    }
  }
  @media (max-width: 47.99rem) {
    .date {
      width: auto;
    }
  }
  @media (forced-colors: active) {
    .fresh {
      outline: 1px solid Highlight;
    }
  }
`
