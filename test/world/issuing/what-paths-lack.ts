import type { CauseName, Parts } from "./issuing-path.ts"

/** What ends tokens, and takes nothing of what they are asked for by. */
export const NEW_JUDGEMENT: Partial<Record<CauseName, string>> = {
  "its tokens are revoked": "a new one is a new judgement",
  "a received session-revoked names it": "a new one is a new judgement",
}

const FOR_NO_AGENT = { delegation: "it acts for no other agent", client: "nobody signed it in" }

/** What an agent that acts by itself does not stand on. */
export const BY_ITSELF: Partial<Record<keyof Parts, string>> = {
  ...FOR_NO_AGENT,
  served: "it acts for nobody else by this",
}
/** What an agent with an enrolled key does not stand on. */
export const OWN_KEY = { rule: "its own key proves it" }
/** What one that acts by itself by such a key does not. */
export const BY_KEY_ITSELF = { ...BY_ITSELF, ...OWN_KEY }
/** The same under a task that a person opened who is not its owner. */
export const BY_KEY_FOR_A_PERSON = { ...OWN_KEY, ...FOR_NO_AGENT }
/** What is asked for by no token. */
export const FROM_NO_TOKEN = { parent: "no token comes before it" }
/** What is asked for under no task. */
export const NO_TASK = { task: "it names none" }
