import type { AgentState, AutonomyLevel, Category, EffectClass } from "@tabard/core"

/** How each state of an agent is called on the page. */
export const STATE_WORDS: Readonly<Record<AgentState, string>> = {
  discovered: "Discovered",
  proposed: "Proposed",
  active: "Active",
  suspended: "Suspended",
  quarantined: "Quarantined",
  retiring: "Retiring",
  retired: "Retired",
  dismissed: "Dismissed",
}

/** What each state means for what the agent may do. */
export const STATE_MEANINGS: Readonly<Record<AgentState, string>> = {
  discovered: "It was found. It gets no token before somebody adopts it.",
  proposed: "An owner was proposed. It gets no token before the adoption is complete.",
  active: "It gets tokens and may act within its tier, manifest and task.",
  suspended: "A person stopped it. It gets no token and every call is refused.",
  quarantined: "The system stopped it. A person decides how it goes on.",
  retiring: "It is being taken apart. It gets no token.",
  retired: "It is gone for ever. Its identity is never used again.",
  dismissed: "Somebody said that this is not an agent.",
}

/** How each category is called, alone and in a sentence. */
export const CATEGORY_WORDS: Readonly<Record<Category, { label: string; phrase: string }>> = {
  chatbot: { label: "Chatbot", phrase: "a chatbot" },
  local: { label: "Local", phrase: "a local agent" },
  production: { label: "Production", phrase: "a production agent" },
}

/** How a category is called, also where nobody has said which it is. */
export function categoryWords(category: Category | null): { label: string; phrase: string } {
  return category === null
    ? { label: "Unknown", phrase: "an agent of unknown category" }
    : CATEGORY_WORDS[category]
}

/** How each level of autonomy is called, and what it means. */
export const AUTONOMY_WORDS: Readonly<Record<AutonomyLevel, { label: string; meaning: string }>> = {
  none: { label: "None", meaning: "It answers and does nothing by itself." },
  not_stated: { label: "Not stated", meaning: "No setting says how freely it acts." },
  restricted: { label: "Restricted", meaning: "A person says yes to each act." },
  partial: { label: "Partial", meaning: "Some acts run unasked, the rest are asked for." },
  broad: { label: "Broad", meaning: "Most acts run unasked." },
  unrestricted: { label: "Unrestricted", meaning: "Everything runs unasked, by its settings." },
  client_default_unrestricted: {
    label: "Unrestricted by default",
    meaning: "Everything runs unasked, because its client does so unless told otherwise.",
  },
}

/** What a tool of each effect class does, as a verb. */
export const EFFECT_VERBS: Readonly<Record<EffectClass, string>> = {
  read: "reads",
  write: "changes data",
  delete: "deletes",
  execute: "runs a program",
  financial: "moves money",
  infrastructure: "changes infrastructure",
  egress: "sends data out",
}

/** Whether an agent of this autonomy acts without being watched. */
export function actsUnasked(level: AutonomyLevel): boolean {
  return level === "unrestricted" || level === "client_default_unrestricted"
}
