/** What only the network can tell about the identity of content, asked after flagging and never within a request. */
@NullMarked
package org.takedownhub.identity;

import org.jspecify.annotations.NullMarked;
