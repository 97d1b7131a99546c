/** Every definition mistake, by number. The number is stable: documentation and searches refer to it. */
export const DEFINITION_MISTAKE = {
  RESERVED_NAME: 1001,
  NOT_A_SCHEMA: 1002,
  DUPLICATE_KEY: 1003,
  DUPLICATE_ERROR: 1004,
  RESERVED_CODE: 1005,
  BAD_ROUTE: 1006,
  MISSING_PATH_KEY: 1007,
  BODY_IN_SAFE_METHOD: 1008,
  DUPLICATE_ADDRESS: 1009,
  SHADOWED_ROUTE: 1010,
  WRONG_KIND: 1011,
  MISSING_OUTPUT: 1012,
  MIXED_STATUSES: 1013,
  ONE_WAY_OUTPUT: 1014,
  SCOPE: 1015,
  DEPENDENCY_CYCLE: 1016,
  BODY_IN_ADMISSION: 1017,
  GUARD_HAS_INPUT: 1018,
  DUPLICATE_OPERATION_ID: 1019,
  CONFLICTING_BODY: 1020,
  DUPLICATE_COMPONENT: 1021,
  BAD_PREFIX: 1022,
  NOT_A_ROUTER: 1023,
  UNSUPPORTED_PARAMETER: 1024,
  MISSING_VALUE: 1025,
  UNKNOWN_SCOPE: 1026,
  NOT_IMPLEMENTED: 1027,
  BROKEN_CONTRACT: 1028,
  BAD_STATUS: 1029,
  BAD_MEDIA_TYPE: 1030,
  UNENCODABLE_OUTPUT: 1031,
  STREAM_NOT_LAST: 1032,
  DUPLICATE_NAME: 1033,
  BAD_HEADER: 1034,
  LOSSY_UNION: 1035,
  BAD_EXAMPLE: 1036,
  UNKNOWN_OPERATION: 1037,
  BAD_OPTION: 1038,
  JOB_NEEDS_REQUEST: 1039,
  BAD_JOB_INPUT: 1040,
  DUPLICATE_JOB: 1041,
  BAD_SCHEDULE: 1042,
  NOT_MOUNTABLE: 1045,
  BAD_TEMPLATE: 1046,
  DUPLICATE_PLUGIN: 1047,
  MISSING_PLUGIN: 1048,
  PLUGIN_CYCLE: 1049,
  BAD_VERSION: 1050,
  BAD_EVENTS: 1059,
  BAD_TOPIC: 1060,
} as const;

/** The name of a definition mistake. */
export type DefinitionMistake = keyof typeof DEFINITION_MISTAKE;

/**
 * A developer's mistake, thrown while defining or compiling, never while serving.
 * It names the procedure, says what is wrong and what to write instead, and carries a stable number.
 */
export class DefinitionError extends Error {
  override readonly name = "DefinitionError";
  readonly number: number;
  readonly mistake: DefinitionMistake;

  constructor(mistake: DefinitionMistake, sentence: string) {
    super(`TENON${DEFINITION_MISTAKE[mistake]}: ${sentence}`);
    this.mistake = mistake;
    this.number = DEFINITION_MISTAKE[mistake];
  }
}
