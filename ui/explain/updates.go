package explain

import "rentbell/core"

// updates are the troubles with newer versions of Rentbell.
var updates = []row{
	{core.ErrForgedUpdate, Words{
		"The list of versions is not genuine",
		"It is not signed by Rentbell's makers, or was changed on the way.",
		"Do not install anything from there. Try another network.",
	}},
	{core.ErrExpiredUpdate, Words{
		"The list of versions is out of date",
		"Somebody may be holding back a newer one.",
		"Try again tomorrow, or look at Rentbell's page.",
	}},
	{core.ErrBadUpdate, Words{
		"The list of versions cannot be read",
		"It is not what Rentbell's makers publish.",
		"Try again tomorrow, or look at Rentbell's page.",
	}},
}
