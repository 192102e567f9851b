package explain

import "rentbell/core"

// unwell are what the health check and the test event find, and what keeps them from it.
var unwell = []row{
	{core.ErrNoNotifier, Words{
		"Notifications are not shown",
		"Nothing on this desktop shows them.",
		"Switch notifications on in your system settings, or keep the window open.",
	}},
	{core.ErrLowDisk, Words{
		"The disk is almost full",
		"Soon Rentbell cannot keep what arrives.",
		"Free some space.",
	}},
	{core.ErrSettings, Words{
		"Some settings could not be read",
		"Rentbell uses the usual ones in their place.",
		"Look through Settings and save what you miss.",
	}},
	{core.ErrNotRegistered, Words{
		"AppFolio does not have your address",
		"It delivers nothing here until it does.",
		"Register the webhook.",
	}},
	{core.ErrSecretDiffers, Words{
		"Every delivery was kept out",
		"The secret in AppFolio is another one, or holds hidden characters.",
		"Register the webhook again, or paste Rentbell's webhook secret into AppFolio once more.",
	}},
	{core.ErrSignaturesWrong, Words{
		"Deliveries were kept out",
		"Their signature did not match.",
		"If you made a new secret, register the webhook again.",
	}},
	{core.ErrOtherAccount, Words{
		"The client id may be wrong",
		"AppFolio has signed deliveries that are for another account.",
		"Compare the client id in Settings with the one in AppFolio.",
	}},
	{core.ErrNotListening, Words{
		"Your address is not open",
		"A test event needs it to come back.",
		"Wait until Rentbell is listening, then send it again.",
	}},
	{core.ErrTestLost, Words{
		"The test event did not come back",
		"Something else answers at your address.",
		"Check where the address leads.",
	}},
	{core.ErrNoList, Words{
		"AppFolio cannot be told",
		"It takes no registration back from Rentbell.",
		"Remove the webhook in AppFolio itself.",
	}},
}
