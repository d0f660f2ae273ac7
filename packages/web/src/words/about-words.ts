import type { DataClass, Environment } from "@tabard/core"

/** Where an agent runs, as people say it. */
export const ENVIRONMENT_WORDS: Readonly<Record<Environment, string>> = {
  development: "Development",
  test: "Test",
  staging: "Staging",
  production: "Production",
  unknown: "Not known",
}

/** What kinds of data an agent handles. */
export const DATA_CLASS_WORDS: Readonly<Record<DataClass, string>> = {
  public: "Public",
  internal: "Internal",
  confidential: "Confidential",
  personal: "Personal",
  payment: "Payment",
  health: "Health",
  secret: "Secret",
}

/** What people may say of an agent, in the order in which it is shown. */
export const DESCRIBED_WORDS = {
  name: "Name",
  purpose: "Purpose",
  category: "Category",
  environment: "Environment",
  dataClasses: "Data",
  systems: "Systems",
  lastReview: "Last review",
  nextReview: "Next review",
} as const

/** One thing that people may say of an agent. */
export type Described = keyof typeof DESCRIBED_WORDS
