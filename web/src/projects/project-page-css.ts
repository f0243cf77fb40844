/** The insets of a project's page: its list fills the window, so that a panel can stand at the edge. */
import { css } from 'lit'

export const projectPageCss = css`
  :host {
    display: block;
  }
  /* A grid with and without a panel: another kind of box would build the whole list anew. */
  .main {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
  }
  .head {
    margin-bottom: var(--s3);
  }
  .about {
    max-width: var(--measure);
    overflow-wrap: anywhere;
  }
  .head p.row {
    margin-top: var(--s1);
  }
  .note {
    margin-block: var(--s3);
  }
  .filters {
    border-top: var(--hair) solid var(--line);
  }
  .as-h1 {
    overflow-wrap: anywhere;
  }
  app-task-panel,
  .panel {
    min-width: 0;
  }
  @media (max-width: 47.99rem) {
    .head {
      flex-wrap: nowrap;
    }
    .head > div:first-child {
      flex: 1 1 0;
    }
    .filters .select {
      flex: 1 1 0;
    }
    .filters .push:not(.is-on) {
      display: none;
    }
    .list-side {
      padding: var(--s5) var(--s4) calc(var(--dock-h) + var(--s10));
    }
  }
`
