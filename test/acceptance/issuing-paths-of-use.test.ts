import { holdPaths } from "../world/issuing/hold-paths.ts"
import { USE_PATHS } from "../world/issuing/paths-of-use.ts"

holdPaths(USE_PATHS)
