import type { Committed } from "./profile.ts"

/** A reason, a purpose, a note: free text of whoever did it. */
export const TYPED: Committed = { class: "personal", about: "typed" }

/** What is said of the person whom the data name. */
export const OF_USER: Committed = { class: "personal", about: "user" }

/** What belongs to the person for whom it was done, such as the name of their machine or a folder of theirs. */
export const OF_SERVED: Committed = { class: "personal", about: "onBehalfOf" }

/** What is personal, while nobody here knows whose it is. */
export const OF_SOMEBODY: Committed = { class: "personal", about: "nobody" }

/** What is long and tells nothing that the record's other members do not. */
export const BULKY: Committed = { class: "bulky", about: "nobody" }
