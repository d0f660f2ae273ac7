import { memoryTileStore } from "./memory-tile-store.ts"
import { tileStoreContract } from "./tile-store.contract.ts"

tileStoreContract("memory", async () => memoryTileStore())
