import { canonicalText, type Json } from "@tabard/core"
import type { AgentLock, LockedTool } from "./agent-lock.ts"

/** One thing that is not as it was reviewed. */
export interface Drift {
  /** A member of the manifest, or `server/tool`. */
  readonly of: string
  readonly message: string
}

/** Answers in words what differs from what was reviewed, taken away as well as added; none where nothing does. */
export function driftOf(reviewed: AgentLock, now: AgentLock): readonly Drift[] {
  const told = [
    ...membersOf(reviewed.declared, now.declared).flatMap(([name, was, is]) => memberDrift(name, was, is)),
    ...membersOf(reviewed.tools, now.tools).flatMap(([name, was, is]) => toolDrift(name, was, is)),
    ...byHandDrift(reviewed.byHand, now.byHand),
  ]
  if (told.length > 0 || reviewed.policy === now.policy) return told
  return [
    { of: "policy", message: "The policies that it compiles to are others than those that were reviewed." },
  ]
}

function byHandDrift(was: string | undefined, is: string | undefined): readonly Drift[] {
  if (was === is) return []
  if (was === undefined)
    return [{ of: "byHand", message: "What is written by hand beside it was not reviewed." }]
  const became = is === undefined ? "was reviewed, and is there no more" : "is not what was reviewed"
  return [{ of: "byHand", message: `What is written by hand beside it ${became}.` }]
}

function membersOf<Value>(
  reviewed: Readonly<Record<string, Value>>,
  now: Readonly<Record<string, Value>>,
): readonly (readonly [name: string, was: Value | undefined, is: Value | undefined])[] {
  const names = new Set([...Object.keys(reviewed), ...Object.keys(now)])
  return [...names].toSorted().map((name) => [name, own(reviewed, name), own(now, name)])
}

function own<Value>(record: Readonly<Record<string, Value>>, name: string): Value | undefined {
  return Object.hasOwn(record, name) ? record[name] : undefined
}

function memberDrift(name: string, was: Json | undefined, is: Json | undefined): readonly Drift[] {
  if (sameJson(was, is)) return []
  return [{ of: name, message: `${name} was ${said(was)} when it was reviewed, and is ${said(is)}.` }]
}

function toolDrift(name: string, was: LockedTool | undefined, is: LockedTool | undefined): readonly Drift[] {
  if (!was) return [{ of: name, message: `${name} was not reviewed.` }]
  if (!is) return [{ of: name, message: `${name} was reviewed, and is given no more.` }]
  const changes = [...definitionChanges(was, is), ...scopeChanges(was, is)]
  return changes.map((change) => ({ of: name, message: `${name} ${change}.` }))
}

function definitionChanges(was: LockedTool, is: LockedTool): readonly string[] {
  if (was.digest === is.digest) return effectChanges(was, is)
  const told = [...argumentChanges(was, is), ...effectChanges(was, is)]
  const what = told.length > 0 ? told.join(", ") : "its words or the inside of its schema read otherwise"
  return [`is defined otherwise than it was reviewed: ${what}`]
}

function argumentChanges(was: LockedTool, is: LockedTool): readonly string[] {
  return membersOf(was.arguments, is.arguments).flatMap(([name, before, after]) => {
    if (before === after) return []
    if (before === undefined) return [`it takes ${name} (${after}) now`]
    if (after === undefined) return [`it takes ${name} no more`]
    return [`${name} was ${before}, and is ${after}`]
  })
}

function effectChanges(was: LockedTool, is: LockedTool): readonly string[] {
  const gained = is.effects.filter((effect) => !was.effects.includes(effect))
  const lost = was.effects.filter((effect) => !is.effects.includes(effect))
  return [
    ...(gained.length > 0 ? [`has the effect ${gained.join(", ")} now`] : []),
    ...(lost.length > 0 ? [`has the effect ${lost.join(", ")} no more`] : []),
  ]
}

function scopeChanges(was: LockedTool, is: LockedTool): readonly string[] {
  if (sameJson(was.scopes, is.scopes)) return []
  return [`was given as ${said(was.scopes)} when it was reviewed, and is as ${said(is.scopes)}`]
}

function sameJson(one: Json | undefined, other: Json | undefined): boolean {
  return one === undefined || other === undefined
    ? one === other
    : canonicalText(one) === canonicalText(other)
}

function said(value: Json | undefined): string {
  if (value === undefined) return "not there"
  return typeof value === "string" ? JSON.stringify(value) : canonicalText(value)
}
