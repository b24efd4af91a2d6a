/* Inside orders: what is ordered by phone, and the link by which it is paid. */
#ifndef ORDERS_PHONE_ORDER_H
#define ORDERS_PHONE_ORDER_H

#include "orders.h"

decide_function phone_order_prepare, phone_order_decide;
extern const struct field phone_order_fields[], phone_order_answer_fields[];

#endif
