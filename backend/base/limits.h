/* Every bound of the program by name, units in the name. No bound, no merge. */
#ifndef BASE_LIMITS_H
#define BASE_LIMITS_H

#define BODY_BYTES_MAX (256 * 1024)         /* a JSON body */
#define UPLOAD_BYTES_MAX (16 * 1024 * 1024) /* a CSV or photo body, only where the route says so */
#define JSON_DEPTH_MAX 16
#define PATH_BYTES_MAX 512
#define QUERY_BYTES_MAX 2048
#define PATH_PARAMETERS_MAX 4
#define TEXT_CHARACTERS_MAX 2000 /* default for FIELD_TEXT without .max */
#define LIST_ITEMS_MAX 200       /* default for FIELD_LIST without .max */
#define PROBLEM_DETAILS_MAX 100
#define PAGE_ITEMS_DEFAULT 20
#define PAGE_ITEMS_MAX 100
#define PAGE_PARTS_MAX 4 /* answers of the API one HTML page is made of */
#define STATEMENT_PARAMETERS_MAX 48
#define FLIGHT_QUERIES_MAX 12
#define APPLY_STATEMENTS_MAX 9
#define VARIANTS_MAX 4
#define DECIDE_ATTEMPTS_MAX 4 /* first try and three repeats after a stale plan or a deadlock */
#define ROLE_GRANTS_MAX 64    /* of one account, in force at once */
#define CART_LINES_MAX 50
#define LOT_CONTRIBUTIONS_MAX 500
#define LEDGER_ENTRIES_MAX 4096                 /* of one transfer */
#define LEDGER_TRANSFER_BYTES_MAX (1024 * 1024) /* canonical bytes of one transfer: entries are under 200 */
#define SUPPLIER_MEMBERS_MAX 1000               /* member households of one organisation in force on a day */
#define DISTRIBUTION_STEPS_MAX 8                /* of one rule */
#define DISTRIBUTION_GRADES_MAX 12
#define DISTRIBUTION_WEIGHT_MAX 1000000000            /* shares, heads or hundredths of units of one household */
#define DISTRIBUTION_FEN_MAX INT64_C(100000000000000) /* one amount of a rule, or a pool */
#define IDEMPOTENCY_KEY_BYTES_MAX 128
#define CSV_COLUMNS_MAX 128 /* a Shopify file has 60, and one more for each field a shop made up */
#define CSV_ROW_BYTES_MAX (64 * 1024)
#define CSV_FILE_BYTES_MAX (256 * 1024 * 1024) /* of GB18030, which is converted whole */
#define XLSX_ENTRIES_MAX 500
#define XLSX_UNPACKED_BYTES_MAX (256 * 1024 * 1024) /* of all parts that are read */
#define XLSX_RATIO_MAX 300                          /* of a part over 1 MiB: a sheet packs to a tenth or a fiftieth */
#define XLSX_CELLS_MAX 8000000
#define XLSX_STRINGS_MAX 2000000
#define XLSX_CSV_BYTES_MAX (64 * 1024 * 1024)
#define HOUSEHOLD_FILE_PERSONS_MAX 100000
#define PRODUCT_FILE_BYTES_MAX (8 * 1024 * 1024)
#define PRODUCT_FILE_ROWS_MAX 10000
#define WORDS_OF_LISTING_MAX 1000
#define WORDS_OF_QUERY_MAX 32
#define PHOTO_BYTES_MAX (8 * 1024 * 1024)   /* of an upload */
#define PHOTO_PIXELS_MAX (64 * 1000 * 1000) /* of an upload; what a phone of today takes at most */
#define PHOTO_SIDE_PIXELS_MAX 16384
#define PHOTO_FILES_BYTES_MAX (8 * 1024 * 1024) /* all files made of one photo */
#define PHOTO_SCALING_MS_MAX 20000
#define PHOTOS_PER_DAY_MAX 200 /* one account uploads on one business day */
#define PHOTOS_OF_PRODUCT_MAX 8
#define PHOTOS_OF_RETURN_MAX 6
#define PHOTOS_OF_REVIEW_MAX 4
#define TABLE_BYTES_MAX (64 * 1024 * 1024) /* of a table on its way to XLSX or PDF */
#define TABLE_FILE_BYTES_MAX (32 * 1024 * 1024)
#define PDF_ROWS_MAX 5000 /* some 150 pages */
#define JOBS_MAX 64
#define LOG_FILE_BYTES_MAX (64 * 1024 * 1024) /* at start; a longer one is set aside as shanhuo.log.1 */

#endif
