/** Review a notice: a recipient asks for it or an uploader complains, and somebody who had no part in it decides. */
@NullMarked
package org.takedownhub.review;

import org.jspecify.annotations.NullMarked;
