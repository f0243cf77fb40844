/** What is said before and after a membership changes for good: consequences first, then what was done. */
import type { Member } from '@mortise/shared/members'

export type Question = { about: 'remove' | 'leave' | 'ownership' | 'step-down'; member: Member }

export type Words = { heading: string; lead: string; consequences: string[]; keep: string; act: string; danger: boolean; done: string }

/** The words for a question in the organization named `organization`. The only owner is told what to do first instead. */
export function wordsOf({ about, member }: Question, organization: string, isOnlyOwner: boolean): Words {
  const { name } = member
  if (isOnlyOwner && (about === 'leave' || about === 'step-down')) return onlyOwner(organization)
  return {
    remove: {
      heading: `Remove ${name}`,
      lead: `${name} loses access to ${organization} at once.`,
      consequences: [
        'Tasks that were assigned to them are assigned to nobody',
        'What they wrote stays',
        'A new invitation can bring them back',
      ],
      keep: `Keep ${name}`,
      act: `Remove ${name}`,
      danger: true,
      done: `${name} was removed.`,
    },
    leave: {
      heading: `Leave ${organization}`,
      lead: 'You lose access at once.',
      consequences: [
        'Tasks that are assigned to you are assigned to nobody',
        'What you wrote stays',
        'Only a new invitation brings you back',
      ],
      keep: 'Stay',
      act: `Leave ${organization}`,
      danger: true,
      done: `You have left ${organization}.`,
    },
    ownership: {
      heading: `Make ${name} an owner`,
      lead: `An owner can do everything in ${organization}.`,
      consequences: [`${name} can remove you and every other member`, `${name} can delete ${organization} with all its projects`],
      keep: 'Cancel',
      act: `Make ${name} an owner`,
      danger: false,
      done: `${name} is now an owner.`,
    },
    'step-down': {
      heading: 'Become an admin',
      lead: `You stop being an owner of ${organization}.`,
      consequences: ['You can no longer delete the organization or make owners', 'Only another owner can make you one again'],
      keep: 'Stay an owner',
      act: 'Become an admin',
      danger: false,
      done: 'You are now an admin.',
    },
  }[about]
}

const onlyOwner = (organization: string): Words => ({
  heading: 'You are the only owner',
  lead: `${organization} keeps at least one owner. There are two ways out:`,
  consequences: ['Make somebody else an owner, then come back', `Or delete ${organization} under Settings`],
  keep: 'Close',
  act: '',
  danger: false,
  done: '',
})
