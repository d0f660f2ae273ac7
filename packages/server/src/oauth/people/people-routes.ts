/** Where a browser begins, below the issuer. */
export const AUTHORIZE = "/authorize"

/** Where an agent asks a person for a token (OpenID CIBA). */
export const BACKCHANNEL = "/bc-authorize"

/** Where a device begins (RFC 8628). */
export const DEVICE = "/device_authorization"

/** Where a program pushes what a browser would begin with (RFC 9126). */
export const PUSH = "/request"

/** Where clients register themselves, where that is on. */
export const REGISTER = "/register"
