/* Inside pages: one row a page, each in its own file. */
#ifndef PAGES_PAGES_H
#define PAGES_PAGES_H

#include "base.h"

extern const struct site_page home_page, product_page, shop_page, trace_page, announcement_page;

#endif
