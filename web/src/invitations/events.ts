/** What parts of the invitations tell the page around them: that its list has changed. */

/** A link has come to be. */
export class MadeEvent extends Event {
  constructor() {
    super('made')
  }
}

/** A link is no longer good. */
export class RevokedEvent extends Event {
  constructor() {
    super('revoked')
  }
}
