export { actionHash, bindingHash, type ExactAction } from "./action-hash.ts"
export { quote } from "./cedar.ts"
export { couldPermit, type PossibleCall } from "./could-permit.ts"
export { decide } from "./decide.ts"
export type { Ask, DecisionCode, LinkDecision, PolicyDecision } from "./decision.ts"
export { decimalText } from "./number.ts"
export type { PolicyText } from "./parse-policy.ts"
export { readPath } from "./path.ts"
export { actionId, hasRole, type PinnedTool } from "./pinned-tool.ts"
export { compilePolicies, type PolicyBase, type PolicySource } from "./policy-base.ts"
export { PolicyInvalid } from "./policy-invalid.ts"
export type {
  AgentFacts,
  Links,
  Provenance,
  Question,
  SessionFacts,
  TaskFacts,
  ToolCall,
  UserFacts,
} from "./question.ts"
export { type Action, type CedarSchema, compileSchema, DOORS, type Door } from "./schema.ts"
export { argumentShapes, type Members, type Shape } from "./shape.ts"
