import { narrowBounds } from "../narrow-token.ts"

type Narrow = typeof narrowBounds

/** Copies of the narrowing, each of which forgets one thing that it has to hold: what tests of it have to find out. */
export const BROKEN_NARROWING: Readonly<Record<string, Narrow>> = {
  audience: (from, asked, depth) => ({
    ...narrowBounds(from, { ...asked, actor: null, audience: from.audience }, depth),
    audience: asked.audience,
  }),
  scope: (from, asked, depth) => ({
    ...narrowBounds({ ...from, scope: null }, { ...asked, allowed: null }, depth),
    scope: asked.scope ?? from.scope,
  }),
  "the scope that a permission allows": (from, asked, depth) =>
    narrowBounds(from, { ...asked, allowed: null }, depth),
  "what the token of whoever acts is for": (from, asked, depth) => {
    const { actor } = asked
    return narrowBounds(from, { ...asked, actor: actor && { ...actor, audience: asked.audience } }, depth)
  },
  "the task of the token of whoever acts": (from, asked, depth) => {
    const { actor } = asked
    return narrowBounds(from, { ...asked, actor: actor && { ...actor, task: null } }, depth)
  },
  lifetime: (from, asked, depth) => ({ ...narrowBounds(from, asked, depth), expiresAt: asked.expiresAt }),
  calls: (from, asked, depth) => ({
    ...narrowBounds(from, { ...asked, calls: null }, depth),
    callsLeft: asked.calls ?? from.callsLeft,
  }),
  task: (from, asked, depth) => ({
    ...narrowBounds(from, { ...asked, task: null }, depth),
    task: asked.task ?? from.task,
  }),
  tier: (from, asked, depth) => ({ ...narrowBounds(from, asked, depth), tier: asked.tier }),
  depth: (from, asked) => narrowBounds(from, asked, Number.POSITIVE_INFINITY),
  circles: (from, asked, depth) => {
    const others = from.agents.filter((agent) => agent !== asked.agent)
    const narrowed = narrowBounds({ ...from, agents: others }, asked, depth)
    return { ...narrowed, agents: [asked.agent, ...from.agents] }
  },
}
