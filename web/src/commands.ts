/** What can be done right now: parts of the page say it while they are shown; the palette and the keyboard read it. */
import type { ReactiveController, ReactiveControllerHost } from 'lit'
import type { IconName } from './ui/icons.ts'

export type Command = {
  id: string
  /** Begins with a verb: `Create a project`. */
  label: string
  run: () => unknown
  /** One key (`c`), keys one after the other (`g p`), or `Ctrl K` (Cmd on a Mac). */
  keys?: string
  icon?: IconName
  /** Heading in the palette and the help. */
  group?: string
  /** Reached by its keys only. */
  unlisted?: boolean
}

const sources = new Set<() => Command[]>()

/** Every command of what is shown; the latest part to appear wins a key that two want. */
export function allCommands(): Command[] {
  const byId = new Map<string, Command>()
  for (const source of [...sources].reverse()) for (const command of source()) if (!byId.has(command.id)) byId.set(command.id, command)
  return [...byId.values()]
}

/** `new Commands(this, () => [{ id: 'project.create', label: 'Create a project', keys: 'c', run: … }])` */
export class Commands implements ReactiveController {
  constructor(
    host: ReactiveControllerHost,
    private readonly list: () => Command[],
  ) {
    host.addController(this)
  }

  hostConnected() {
    sources.add(this.list)
  }

  hostDisconnected() {
    sources.delete(this.list)
  }
}
