/** The question before tasks are deleted: it names them and counts them. */
import type { Task } from '@mortise/shared/tasks'
import { html, type TemplateResult } from 'lit'

const namedAtMost = 5

type Answers = { agreed: () => void; closed: () => void }

/** A dialog that is open for as long as it is drawn. */
export function removal(tasks: readonly Task[], { agreed, closed }: Answers): TemplateResult {
  void import('../ui/ui-confirm.ts')
  const isOne = tasks.length === 1
  const rest = tasks.length - namedAtMost
  const named = tasks.slice(0, namedAtMost).map(({ title }) => title)
  const agree = () => {
    agreed()
    closed()
  }
  return html`<ui-confirm
    open
    danger
    heading=${isOne ? 'Delete this task?' : `Delete ${tasks.length} tasks?`}
    keep=${isOne ? 'Keep it' : 'Keep them'}
    act=${isOne ? 'Delete task' : `Delete ${tasks.length} tasks`}
    .consequences=${rest > 0 ? [...named, `and ${rest} more`] : named}
    @ui-confirm=${agree}
    @ui-close=${closed}
    >${isOne ? 'It goes' : 'They go'} for everyone, and cannot be brought back.</ui-confirm
  >`
}
