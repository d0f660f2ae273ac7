import { holdPaths } from "../world/issuing/hold-paths.ts"
import { PEOPLE_PATHS } from "../world/issuing/paths-of-people.ts"

holdPaths(PEOPLE_PATHS)
