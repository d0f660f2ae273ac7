/** An argument that is not as it was reviewed, or cannot be judged; the message is meant for the agent. */
export class ArgumentRefused extends Error {}
