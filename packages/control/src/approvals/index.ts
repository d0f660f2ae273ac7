export type { ApprovalStore } from "./approval-store.ts"
export {
  type AskForTokenDeps,
  askForToken,
  POLL_SECONDS,
  type TokenAsk,
  type TokenAsked,
} from "./ask-for-token.ts"
export { expireApprovals } from "./expire-approvals.ts"
export { type PollAnswer, type PollForTokenDeps, pollForToken } from "./poll-for-token.ts"
export { resolveApproval, type Verdict } from "./resolve-approval.ts"
export { TOKEN_ACTION } from "./token-question.ts"
