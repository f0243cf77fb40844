/** What the reader may do in the open organization, by the one table of roles and permissions. */
import type { Organization } from '@mortise/shared/organizations'
import { grants, type Permission } from '@mortise/shared/permissions'

/** False while the organization is not known yet: what may not be done is not offered. */
export const may = (organization: Organization | null, permission: Permission): boolean =>
  organization !== null && grants(organization.role, permission)
