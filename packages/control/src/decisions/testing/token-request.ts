import { DEFAULT_TOKEN_SETTINGS, newHandle } from "@tabard/core"
import type { TokenRequest } from "../../tokens/issue-token.ts"
import type { CallWorld } from "./call-world.ts"

/** Answers what the world's agent asks for a token with, different in what is named. */
export function tokenRequest(
  { instance, task }: Pick<CallWorld, "instance" | "task">,
  differences: Partial<TokenRequest> = {},
): TokenRequest {
  return {
    jti: newHandle(),
    instance: instance.id,
    task: task.id,
    audience: "https://tabard.example/mcp",
    jkt: instance.thumbprint,
    grant: "client_credentials",
    lifetimeSeconds: 300,
    once: [],
    settings: DEFAULT_TOKEN_SETTINGS,
    ...differences,
  }
}
