/** What the palette lists for some words: commands, then projects. */
import type { Project } from '@mortise/shared/projects'
import type { Command } from '../commands.ts'
import { projectPath } from '../places.ts'
import { router } from '../router.ts'
import type { IconName } from '../ui/icons.ts'

export type Hit = { id: string; label: string; inside?: string; icon: IconName; keys?: string; href?: string; run: () => unknown }
export type HitGroup = { name: string; hits: Hit[] }

const fold = (text: string) => text.normalize('NFKD').replaceAll(/\p{M}/gu, '').toLocaleLowerCase()

/** Whether every word begins a word of `text`, whatever the accents and the order. */
export function isMatch(text: string, words: string): boolean {
  const parts = fold(text).split(/[\s\-_/]+/u)
  return fold(words)
    .split(/\s+/u)
    .every((word) => parts.some((part) => part.startsWith(word)))
}

/** The commands that match, by their group and in their order. */
export function commandHits(commands: Command[], words: string): HitGroup[] {
  const groups = new Map<string, Hit[]>()
  for (const { id, label, icon = 'right', keys, group = 'Commands', run } of commands) {
    if (!isMatch(label, words)) continue
    groups.set(group, [...(groups.get(group) ?? []), { id: `command-${id}`, label, icon, keys, run }])
  }
  return [...groups].map(([name, hits]) => ({ name, hits }))
}

export function projectHits(org: string, projects: Project[]): HitGroup[] {
  if (projects.length === 0) return []
  const hit = (project: Project): Hit => {
    const href = projectPath(org, project.id)
    return { id: `project-${project.id}`, label: project.name, inside: 'project', icon: 'projects', href, run: () => router.go(href) }
  }
  return [{ name: 'Projects', hits: projects.map(hit) }]
}
