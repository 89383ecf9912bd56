/** What all HTTP calls share: problem documents, idempotency keys, cursors, the OpenAPI document. */
@NullMarked
package org.takedownhub.api;

import org.jspecify.annotations.NullMarked;
