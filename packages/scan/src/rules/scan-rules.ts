import { administratorScope } from "./administrator-scope.ts"
import { agentChangesItself } from "./agent-changes-itself.ts"
import { ciAgentOpenToStrangers } from "./ci-agent-open-to-strangers.ts"
import { homeMcpServer } from "./home-mcp-server.ts"
import { longLivedCredential } from "./long-lived-credential.ts"
import { personalCredential } from "./personal-credential.ts"
import { plainHttpMcpServer } from "./plain-http-mcp-server.ts"
import { plaintextCredential } from "./plaintext-credential.ts"
import { productionWithoutFederation } from "./production-without-federation.ts"
import type { ScanRule } from "./rule.ts"
import { sharedCredential } from "./shared-credential.ts"
import { staleConfiguration } from "./stale-configuration.ts"
import { unknownPublisherMcpServer } from "./unknown-publisher-mcp-server.ts"
import { unpinnedMcpServer } from "./unpinned-mcp-server.ts"
import { unrestrictedAutonomy } from "./unrestricted-autonomy.ts"
import { unrestrictedWrite } from "./unrestricted-write.ts"
import { untrustedInputToOutbound } from "./untrusted-input-to-outbound.ts"

/** All rules that need only what was seen, those of one subject together. */
export const SCAN_RULES: readonly ScanRule[] = [
  plaintextCredential,
  longLivedCredential,
  sharedCredential,
  personalCredential,
  administratorScope,
  unrestrictedAutonomy,
  unrestrictedWrite,
  untrustedInputToOutbound,
  ciAgentOpenToStrangers,
  productionWithoutFederation,
  agentChangesItself,
  unpinnedMcpServer,
  plainHttpMcpServer,
  unknownPublisherMcpServer,
  homeMcpServer,
  staleConfiguration,
]
