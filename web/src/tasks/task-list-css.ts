/** What the list needs beside the shared sheet of tasks: the tint of single values, the line where a row would drop, what is held back. */
import { css } from 'lit'

export const taskListCss = css`
  :host {
    display: block;
  }
  .drawn {
    flex: none;
    display: block;
    width: 1rem;
    height: 1rem;
    fill: none;
    stroke: currentcolor;
    stroke-width: 1.75;
    stroke-linecap: round;
    stroke-linejoin: round;
  }
  .task {
    content-visibility: auto;
    contain-intrinsic-size: auto 2.25rem;
  }
  .task.is-edit,
  .task.is-open {
    content-visibility: visible;
  }
  .is-beside .task:not(.is-add, .is-edit) {
    padding-inline-end: var(--s10);
    grid-template-columns: 0.75rem 1.5rem 1.5rem minmax(0, 1fr) 6.25rem 1.75rem;
  }
  .is-beside .task .more {
    display: none;
  }
  .is-beside .task .title {
    padding-inline-end: var(--s3);
  }
  .is-add:focus-within::after {
    border-color: transparent;
  }
  .is-beside .is-add .t12 {
    display: none;
  }
  .fresh {
    margin-inline: -0.25rem;
    padding: 1px 0.25rem;
    border-radius: var(--r-s);
    background: var(--tint);
    box-shadow: inset 0 -1px var(--accent);
    animation: fade-tint 4s var(--ease) both;
  }
  .drop-before {
    box-shadow: inset 0 2px var(--accent);
  }
  .drop-after {
    box-shadow: inset 0 -2px var(--accent);
  }
  .drop-into {
    min-height: 0.5rem;
    box-shadow: inset 0 2px var(--accent);
  }
  /* Rows reach from edge to edge here, so their tint needs no wings. */
  .task.is-new {
    box-shadow: none;
    animation-name: arrive-row;
  }
  .task.is-leaving {
    box-shadow: none;
  }
  @keyframes arrive-row {
    from {
      opacity: 0;
    }
    8%,
    55% {
      background: var(--tint);
      opacity: 1;
    }
    to {
      background: transparent;
    }
  }
  .task.is-leaving .editing {
    margin-inline-start: auto;
  }
  .held {
    position: sticky;
    bottom: 0;
    z-index: 6;
    padding-block: var(--s2);
    background: var(--paper);
    border-top: var(--hair) solid var(--line);
    margin-top: var(--s3);
  }
  ui-menu ui-kbd {
    margin-inline-start: auto;
  }
  @media (max-width: 47.99rem) {
    .task > .glyph-btn {
      align-self: start;
    }
    .held {
      bottom: calc(var(--dock-h) + env(safe-area-inset-bottom));
    }
  }
  /* A long press selects the row, not its words. */
  @media (pointer: coarse) {
    .task {
      user-select: none;
      -webkit-user-select: none;
      -webkit-touch-callout: none;
    }
  }
  @media (prefers-reduced-motion: reduce) {
    .task.is-new {
      background: var(--tint);
    }
  }
  @media (forced-colors: active) {
    .drop-before,
    .drop-after,
    .drop-into {
      outline: 2px solid Highlight;
    }
    .fresh {
      outline: 1px solid Highlight;
    }
  }
`
