/** Refer content: route, approval, notice, and the sending of it. */
@NullMarked
package org.takedownhub.referral;

import org.jspecify.annotations.NullMarked;
