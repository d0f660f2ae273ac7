/** The versions of OCSF that are written. */
export type OcsfVersion = "1.8.0" | "1.9.0"

/** The categories that our classes are of. */
export const CATEGORIES = {
  2: "Findings",
  3: "Identity & Access Management",
  6: "Application Activity",
} as const

/** The classes that our events become. */
export const CLASSES = {
  2004: { name: "Detection Finding", category: 2 },
  3001: { name: "Account Change", category: 3 },
  3002: { name: "Authentication", category: 3 },
  3004: { name: "Entity Management", category: 3 },
  3006: { name: "Group Management", category: 3 },
  3007: { name: "User Management", category: 3 },
  6003: { name: "API Activity", category: 6 },
} as const

/** One of those classes. */
export type ClassUid = keyof typeof CLASSES

/** The activity for what a class has no word for. */
export const OTHER = 99
