package org.takedownhub.modelling;

import java.util.List;

/** Something else that must hold before a set goes live; asked when a change is submitted and again when it is published. */
@FunctionalInterface
public interface PublicationCheck {

    /**
     * @param draft the whole set as it would be published
     * @param live  the set it would follow
     */
    List<Finding> findings(ModelSet draft, ModelSet live);
}
