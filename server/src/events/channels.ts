/** The names of the bus channels. */

/** Something was recorded in an organization. */
export const organizationChannel = (organizationId: string) => `organization:${organizationId}`

/** An organization is gone, with everything that could have told so. */
export const deletionChannel = (organizationId: string) => `organization-deleted:${organizationId}`

/** The standing of a user has changed: a session ended, a membership too. */
export const userChannel = (userId: string) => `user:${userId}`
