/** Keeps the counts of listed projects true while tasks change: fetches only the projects that are on the list and were touched. */
import type { Project } from '@mortise/shared/projects'
import type { ReactiveController, ReactiveControllerHost } from 'lit'
import { api } from '../api.ts'
import { live } from '../controllers/subscription.ts'

/** A busy project is asked for at most this often. */
const gatherMs = 400

export class FreshProjects implements ReactiveController {
  #touched = new Set<string>()
  #fresh = new Map<string, Project>()
  #timer: ReturnType<typeof setTimeout> | undefined
  #stop: (() => void) | undefined

  constructor(
    private readonly host: ReactiveControllerHost,
    private readonly listed: () => readonly Project[],
  ) {
    host.addController(this)
  }

  /** A listed project with its latest counts. The list itself is newer when it was fetched again since. */
  of = (project: Project): Project => {
    const fresh = this.#fresh.get(project.id)
    return fresh && fresh.version >= project.version ? { ...project, openTasks: fresh.openTasks, doneTasks: fresh.doneTasks } : project
  }

  /** The list was fetched again: it knows better. */
  forget() {
    this.#fresh.clear()
  }

  hostConnected() {
    const hear = ({ projectId }: { projectId?: string | undefined }) => projectId && this.#touch(projectId)
    this.#stop = live.listen('task.*', hear, () => undefined)
  }

  hostDisconnected() {
    this.#stop?.()
    clearTimeout(this.#timer)
    this.#timer = undefined
  }

  #touch(id: string) {
    if (!this.listed().some((project) => project.id === id)) return
    this.#touched.add(id)
    this.#timer ??= setTimeout(() => void this.#fetch(), gatherMs)
  }

  async #fetch(): Promise<void> {
    this.#timer = undefined
    const ids = [...this.#touched]
    this.#touched.clear()
    const answers = await Promise.allSettled(ids.map((id) => api.projects.get.query({ project: id })))
    // One that cannot be fetched keeps its old counts; if it is gone, the list is told so by its own event.
    for (const answer of answers) if (answer.status === 'fulfilled') this.#fresh.set(answer.value.id, answer.value)
    this.host.requestUpdate()
  }
}
