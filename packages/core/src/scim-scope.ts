/** What an API token is made for by which a directory provisions people and teams; one that has it is for nothing else. */
export const SCIM_SCOPE = "scim"
