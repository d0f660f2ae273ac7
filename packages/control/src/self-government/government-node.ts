import { type Id, isId } from "@tabard/core"
import type { KeptPlace } from "./kept-place.ts"

const AT = "command-line:"

/**
 * What everybody's constraints come from: the organisation's own settings, policies and gateway; where manifests are kept;
 * what applies them; the directory that says who is here.
 */
export const GOVERNING_PLACES = ["organisation", "manifests", "pipeline", "directory"] as const

/** One of those. */
export type GoverningPlace = (typeof GOVERNING_PLACES)[number]

/** Where a person's session lies that whatever runs at their command line could use. */
export type CommandLine = `command-line:${Id<"user">}`

/** By what somebody asks that an agent could ask by as well: an API token, or a person's command line. */
export type Hand = CommandLine | Id<"apiToken">

/** Something that acts, or by which what constrains an agent is changed. */
export type GovernmentNode =
  | CommandLine
  | GoverningPlace
  | Id<"agent">
  | Id<"apiToken">
  | Id<"server">
  | Id<"team">
  | Id<"user">
  | KeptPlace

/** Answers whether a word names a governing place. */
export function isGoverningPlace(text: string): text is GoverningPlace {
  return GOVERNING_PLACES.some((place) => place === text)
}

/** Answers whose command line it is; undefined of anything else. */
export function personAt(node: GovernmentNode): Id<"user"> | undefined {
  const person = node.startsWith(AT) ? node.slice(AT.length) : undefined
  return isId("user", person) ? person : undefined
}

/** Answers the command line of a person. */
export function commandLineOf(person: Id<"user">): CommandLine {
  return `${AT}${person}`
}
