export { correctTool, type ToolCorrection } from "./correct-tool.ts"
export { type RegisteredServer, registerServer } from "./register-server.ts"
export { pinReviewed, reviewServer, type ToolReviewed, type ToolToPin } from "./review-server.ts"
