export { type Clock, ManualClock, systemClock } from "./clock.ts"
export { EFFECT_CLASSES, type EffectClass } from "./effect-class.ts"
export { type Id, isId, type Kind, newHandle, newId } from "./ids.ts"
export {
  canonicalText,
  isJsonObject,
  isLosslessNumber,
  type Json,
  type JsonObject,
  LosslessNumber,
  MalformedJson,
  parseLossless,
  writeLossless,
} from "./json.ts"
export {
  AGENT_STATES,
  type AgentState,
  mayAct,
  nextState,
  TRANSITIONS,
  type Transition,
} from "./lifecycle.ts"
export { Problem, type ProblemCode } from "./problem.ts"
export { Secret } from "./secret.ts"
