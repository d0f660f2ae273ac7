import { narrowBounds } from "../narrow-token.ts"

type Narrow = typeof narrowBounds

/** Copies of the narrowing, each of which forgets one thing that it has to hold: what tests of it have to find out. */
export const BROKEN_NARROWING: Readonly<Record<string, Narrow>> = {
  audience: (from, asked, chain) => ({
    ...narrowBounds(from, { ...asked, actor: null, audience: from.audience }, chain),
    audience: asked.audience,
  }),
  scope: (from, asked, chain) => ({
    ...narrowBounds({ ...from, scope: null }, { ...asked, allowed: null }, chain),
    scope: asked.scope ?? from.scope,
  }),
  "the scope that a permission allows": (from, asked, chain) =>
    narrowBounds(from, { ...asked, allowed: null }, chain),
  "what the token of whoever acts is for": (from, asked, chain) => {
    const { actor } = asked
    return narrowBounds(from, { ...asked, actor: actor && { ...actor, audience: asked.audience } }, chain)
  },
  "the task of the token of whoever acts": (from, asked, chain) => {
    const { actor } = asked
    return narrowBounds(from, { ...asked, actor: actor && { ...actor, task: null } }, chain)
  },
  lifetime: (from, asked, chain) => ({ ...narrowBounds(from, asked, chain), expiresAt: asked.expiresAt }),
  calls: (from, asked, chain) => ({
    ...narrowBounds(from, { ...asked, calls: null }, chain),
    callsLeft: asked.calls ?? from.callsLeft,
  }),
  task: (from, asked, chain) => ({
    ...narrowBounds(from, { ...asked, task: null }, chain),
    task: asked.task ?? from.task,
  }),
  tier: (from, asked, chain) => ({ ...narrowBounds(from, asked, chain), tier: asked.tier }),
  depth: (from, asked, { tiers }) => narrowBounds(from, asked, { depth: Number.POSITIVE_INFINITY, tiers }),
  circles: (from, asked, chain) => {
    const others = from.agents.filter((agent) => agent !== asked.agent)
    const narrowed = narrowBounds({ ...from, agents: others }, asked, chain)
    return { ...narrowed, agents: [asked.agent, ...from.agents] }
  },
}
