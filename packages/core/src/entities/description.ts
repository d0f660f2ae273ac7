/** Where an agent runs, as people say it. */
export const ENVIRONMENTS = ["development", "test", "staging", "production", "unknown"] as const

/** One environment. */
export type Environment = (typeof ENVIRONMENTS)[number]

/** What kinds of data an agent handles, as people say it. */
export const DATA_CLASSES = [
  "public",
  "internal",
  "confidential",
  "personal",
  "payment",
  "health",
  "secret",
] as const

/** One class of data. */
export type DataClass = (typeof DATA_CLASSES)[number]
