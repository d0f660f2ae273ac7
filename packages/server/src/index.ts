export { type Config, ROLES, readConfig, type UpOptions } from "./config.ts"
export { GATEWAY_SETTINGS, type GatewaySettings } from "./gateway/gateway-settings.ts"
export { type RunningServer, type StartOptions, startServer } from "./start-server.ts"
