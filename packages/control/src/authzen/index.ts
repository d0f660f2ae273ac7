export { type ApplicationInForce, ApplicationKeeper } from "./application-keeper.ts"
export {
  type ApplicationQuestion,
  type AskedEntity,
  compileApplication,
  evaluateApplication,
  judgedTwice,
  OBLIGATION_TYPES,
  type Obligation,
  type Sought,
  searchApplication,
} from "./application-questions.ts"
export type { Application, ApplicationStore, ApplicationVersion } from "./application-store.ts"
export {
  AGENTS_APPLICATION,
  type ApplicationDeps,
  findApplication,
  putApplication,
  removeApplication,
} from "./put-application.ts"
export { type RecordedEvaluation, recordEvaluations } from "./record-evaluation.ts"
export {
  type EnforcementPointDeps,
  registerEnforcementPoint,
  removeEnforcementPoint,
} from "./register-enforcement-point.ts"
