/** The people, projects and tasks of the demo organization. */
import type { Person } from './founding.ts'

/** Title; status; whose it is; for a done task how many days ago it was finished, otherwise in how many days it is due; description. */
export type TaskPlan = readonly [
  title: string,
  status: 'todo' | 'doing' | 'done',
  assignee: string | null,
  days: number | null,
  description?: string,
]
export type ProjectPlan = { name: string; slug: string; description: string; startedDaysAgo: number; tasks: readonly TaskPlan[] }

export const organization = { slug: 'halden-roe', name: 'Halden & Roe' }

const [priya, maarten, ines, aiko, tomasz] = ['Priya Raman', 'Maarten de Wit', 'Ines Okafor', 'Aiko Tanaka', 'Tomasz Wiśniewski'] as const

export const owner = priya
export const others: readonly Omit<Person, 'id'>[] = [
  { name: maarten, role: 'admin' },
  { name: ines, role: 'member' },
  { name: aiko, role: 'member' },
  { name: tomasz, role: 'member' },
]

/** The newest first, as the list of projects shows them. */
export const projects: readonly ProjectPlan[] = [
  {
    name: 'Tidewater library',
    slug: 'tidewater-library',
    description: 'Reading rooms, stair and roof lantern, stages 4 and 5',
    startedDaysAgo: 38,
    tasks: [
      [
        'Order oak for the reading tables',
        'doing',
        maarten,
        0,
        'Quarter-sawn, 27 mm finished. The mill holds the boards until five o’clock.',
      ],
      ['Agree the acoustic ceiling with the fire officer', 'doing', ines, -3],
      [
        'Mark out mortises on the stair newels before the joiners arrive on site, both flights, and photograph each one against the rule',
        'doing',
        aiko,
        1,
      ],
      ['Set up the temporary book store', 'doing', tomasz, 5],
      ['Book the crane for the roof lantern', 'todo', priya, 1, 'Road closure needs ten working days’ notice to the city.'],
      ['Choose door furniture', 'todo', null, null],
      ['Check the ramp gradient against the 2024 survey', 'todo', ines, 8],
      ['Sample the lime plaster in the north reading room', 'todo', aiko, 12],
      ['Write the handover list for the boiler room', 'todo', null, 21],
      ['Confirm the lintel schedule with the mill', 'done', ines, 0],
      ['Send drawings to the glazier', 'done', maarten, 1],
      ['Measure the window reveals on the second floor', 'done', aiko, 2],
      ['Answer the planning officer on the cycle stands', 'done', priya, 3],
      ['Approve the stair mock-up', 'done', maarten, 4],
      ['Move the lift pit drawings to revision D', 'done', tomasz, 6],
      ['Get three prices for the lantern glass', 'done', ines, 8],
      ['Walk the site with the structural engineer', 'done', maarten, 9],
      ['Trace the old drains behind the apse', 'done', tomasz, 11],
      ['Release the package for internal doors', 'done', aiko, 13],
      ['Record the existing floor tiles before lifting', 'done', aiko, 15],
      ['Fix the clash between ductwork and the gallery beam', 'done', ines, 17],
      ['Submit the heritage statement', 'done', priya, 20],
      ['Collect oak samples from the mill', 'done', maarten, 23],
      ['Agree working hours with the school next door', 'done', priya, 27],
    ],
  },
  {
    name: 'Quarry Lane houses',
    slug: 'quarry-lane-houses',
    description: 'Six houses on the old quarry edge',
    startedDaysAgo: 51,
    tasks: [
      ['Survey the east stair', 'doing', aiko, 1],
      ['Redraw the retaining wall after the borehole results', 'doing', maarten, -1, 'Rock is 1.2 m higher than assumed at house five.'],
      ['Choose brick with the client', 'todo', priya, 4],
      ['Price the green roofs without irrigation', 'todo', ines, 6],
      ['Plan the shared bin store', 'todo', null, null],
      ['Ask the water company for the connection date', 'todo', tomasz, 14],
      ['Check daylight in the lower bedrooms', 'done', ines, 1],
      ['Send the party wall notices', 'done', priya, 2],
      ['Settle the floor levels of houses three and four', 'done', aiko, 4],
      ['Tell the neighbours about the piling week', 'done', priya, 7],
      ['Coordinate the heat pump positions', 'done', tomasz, 9],
      ['Draw the timber porch at one to five', 'done', aiko, 12],
      ['Get the ecologist’s report on the bats', 'done', ines, 16],
      ['Set out the access road on site', 'done', tomasz, 18],
      ['Compare the two window systems', 'done', maarten, 22],
      ['Sign the ground investigation contract', 'done', priya, 28],
    ],
  },
  {
    name: 'Regional ferry terminal: canopy replacement and accessibility works, phase two',
    slug: 'regional-ferry-terminal',
    description: 'Canopy, ticket hall and step-free route to both berths',
    startedDaysAgo: 64,
    tasks: [
      ['Detail the gutter between old and new canopy', 'doing', tomasz, 2],
      ['Model the queue for the summer timetable', 'doing', ines, 3],
      ['Ask the harbour master about night work', 'todo', priya, 2],
      [
        'Test the tactile paving samples with the access group',
        'todo',
        ines,
        7,
        'Bring the three samples and the borrowed canes. Six people are coming.',
      ],
      ['Size the drainage channel at berth two', 'todo', tomasz, 9],
      ['Choose the paint system for salt air', 'todo', maarten, 15],
      ['Draw the temporary ticket hall', 'todo', aiko, 10],
      ['Find out who owns the flagpoles', 'todo', null, null],
      ['Program for the January closure', 'todo', maarten, 24],
      ['Compare ramp and lift for berth one', 'done', aiko, 1],
      ['Scan the underside of the canopy', 'done', tomasz, 3],
      ['Meet the ferry crews', 'done', priya, 5],
      ['Photograph every column base', 'done', tomasz, 6],
      ['Calculate wind uplift on the new edge', 'done', maarten, 8],
      ['Prepare the phase two cost plan', 'done', ines, 10],
      ['Read the asbestos survey', 'done', aiko, 13],
      ['Write the brief for the signage designer', 'done', aiko, 14],
      ['Check clearances with the car ramp raised', 'done', tomasz, 19],
      ['Open the phase two drawing register', 'done', maarten, 24],
      ['Agree the boundary of works with the port', 'done', priya, 29],
    ],
  },
]
