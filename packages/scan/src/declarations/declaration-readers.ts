import type { SourceReader } from "../sources/source-reader.ts"
import { markdownWorkflowReader } from "./ci/markdown-workflow-reader.ts"
import { pipelineReader } from "./ci/pipeline-reader.ts"
import { workflowReader } from "./ci/workflow-reader.ts"
import { composeReader } from "./compose/compose-reader.ts"
import { bicepReader } from "./infrastructure/bicep-reader.ts"
import { cloudformationReader } from "./infrastructure/cloudformation-reader.ts"
import { terraformReader } from "./infrastructure/terraform-reader.ts"
import { kagentReader } from "./kubernetes/kagent-reader.ts"
import { workloadReader } from "./kubernetes/workload-reader.ts"
import { copilotStudioReader } from "./lowcode/copilot-studio-reader.ts"
import { difyReader } from "./lowcode/dify-reader.ts"
import { flowiseReader } from "./lowcode/flowise-reader.ts"
import { langflowReader } from "./lowcode/langflow-reader.ts"
import { m365Reader } from "./lowcode/m365-reader.ts"
import { n8nReader } from "./lowcode/n8n-reader.ts"
import { serverFileReader } from "./servers/server-file-reader.ts"

/** Every reader of files that declare agents instead of programming them. */
export const declarationReaders: readonly SourceReader[] = [
  workflowReader,
  markdownWorkflowReader,
  pipelineReader,
  kagentReader,
  workloadReader,
  n8nReader,
  difyReader,
  flowiseReader,
  langflowReader,
  copilotStudioReader,
  m365Reader,
  terraformReader,
  cloudformationReader,
  bicepReader,
  composeReader,
  serverFileReader,
]
