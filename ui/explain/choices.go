package explain

import "rentbell/core"

// ways are troubles with the way out that settings or the environment name. A
// request ends with them as well as a check of the settings.
var ways = []row{
	{core.ErrPlainHTTP, Words{
		"This address would show your keys",
		"With http:// everybody on the way can read them. It is for a sandbox on this computer alone.",
		"Begin the address with https://.",
	}},
	{core.ErrBadAppFolioURL, Words{
		"This is no AppFolio address",
		"It begins with https:// and a name, like https://api.appfolio.com.",
		"Copy it again, or leave it empty for the usual one.",
	}},
	{core.ErrBadProxy, Words{
		"This is no proxy",
		"A proxy has a name and a port, like http://proxy.example.com:3128.",
		"Ask whoever looks after the network, or leave it empty.",
	}},
	{core.ErrProxyPassword, Words{
		"Rentbell keeps no password for a proxy",
		"In Settings it would lie in a plain file, and on the way everybody could read it.",
		"Leave out the name and the password.",
	}},
}

// choices are the settings that cannot be kept.
var choices = []row{
	{core.ErrBadYears, Words{
		"Records cannot be kept like this",
		"The number of years is out of range.",
		"Choose one of those offered.",
	}},
	{core.ErrLongCompany, Words{
		"This name is too long",
		"Your company's name has at most 100 characters.",
		"Shorten it.",
	}},
	{core.ErrBadAddress, Words{
		"This is no reserved address",
		"A reserved address is a name like oakline.ngrok.app, with nothing after it.",
		"Copy it from your ngrok dashboard, under Domains.",
	}},
	{core.ErrBadPort, Words{
		"This is no port",
		"A port is a number from 1 to 65535.",
		"Type the one that your own tunnel leads to.",
	}},
	{core.ErrBadBell, Words{
		"This rule cannot be kept",
		"A time, a day or an amount in it is out of range.",
		"Choose it again.",
	}},
	{core.ErrBadAmount, Words{
		"This is no amount",
		"An amount has dollars and at most two digits of cents, like 100 or 49.50.",
		"Type it again, or 0 for every payment.",
	}},
	{core.ErrNoAddress, Words{
		"The public address is missing",
		"Rentbell cannot know where your own tunnel begins.",
		"Type the address that leads here, like https://rent.example.com.",
	}},
	{core.ErrBadLook, Words{
		"Rentbell cannot look like this",
		"It knows light and dark, and text of 100, 115 and 130 percent.",
		"Choose one of these.",
	}},
	{core.ErrLoginPath, Words{
		"Rentbell lies in a place that cannot be started by itself",
		"The name of its folder is too long, or has a character your system does not take there.",
		"Move Rentbell to another folder and start it from there.",
	}},
}
