package explain

import (
	"errors"
	"io/fs"

	"rentbell/core"
)

// ErrKeychain marks an error of a password store that is there and refused,
// which says it in words of its own. What it was to keep counts until Rentbell
// is closed.
var ErrKeychain = errors.New("keychain refused")

// vaults are the troubles with keeping secrets. What is special stands before
// what is general, here and below.
var vaults = []row{
	{core.ErrLocked, Words{
		"Your keys are locked",
		"They are in a file that only your passphrase opens.",
		"Unlock them with your passphrase.",
	}},
	{core.ErrPassphrase, Words{
		"This is not the passphrase",
		"It does not open the file with your keys.",
		"Type it again. Capital and small letters count.",
	}},
	{core.ErrBadSecret, Words{
		"This is not a key alone",
		"There is a blank or a control character in it.",
		"Copy the key alone, and paste it again.",
	}},
	{core.ErrTooLong, Words{
		"This is longer than a key",
		"Your password store has no room for it.",
		"Copy the key alone, and paste it again.",
	}},
	{core.ErrKeychainSlow, Words{
		"Your password store has not answered yet",
		"Rentbell goes on when it does.",
		"",
	}},
	{core.ErrKeychainLocked, Words{
		"Your password store is locked",
		"It holds your keys, so AppFolio cannot deliver.",
		"Unlock it, and Rentbell goes on by itself.",
	}},
	{core.ErrForThisRun, Words{
		"Keys are kept in memory only",
		"You chose that, because your password store is locked.",
		"Unlock it, or paste them again after a restart.",
	}},
	{core.ErrVaultDamaged, Words{
		"The file with your keys is damaged",
		"Rentbell left it as it is and could not read it.",
		"Bring it back from a backup, or move it away and paste the keys again.",
	}},
	{core.ErrNoVault, Words{
		"Keys are kept in memory only",
		"This computer has no password store that answers.",
		"Choose a passphrase for them, or paste them again after a restart.",
	}},
	{ErrKeychain, Words{
		"Your password store did not take it",
		"It may be locked. Until Rentbell is closed, what you typed counts all the same.",
		"Unlock it and save again.",
	}},
}

// keychainAsks is said of a password store that did not answer in time: it waits
// for its user meanwhile.
var keychainAsks = Words{
	"Your password store asks for its password",
	"Until you type it, AppFolio cannot deliver.",
	"Then Rentbell goes on by itself.",
}

// unfitName is said of a file's name.
var unfitName = Words{
	"This name is no name for a file",
	"It is too long, or has a character that this computer does not take.",
	"Choose a shorter one, of letters and digits.",
}

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

// sentinels are all other errors that need nothing but to be recognised.
var sentinels = []row{
	// Starting, and what is running.
	{core.ErrNotSetUp, Words{
		"Rentbell is not set up yet",
		"It has no address yet at which AppFolio could reach it.",
		"Open Settings and fill in the ngrok authtoken.",
	}},
	{core.ErrClosed, Words{
		"You closed your address",
		"AppFolio keeps what it has for you and tries again for a while.",
		"Open the address in Settings.",
	}},
	{core.ErrNotRunning, Words{
		"Rentbell is not running",
		"Nobody takes what AppFolio delivers.",
		"Open Rentbell, or start rentbelld.",
	}},
	{core.ErrInUse, Words{
		"Rentbell is already running",
		"Another Rentbell on this computer has the same data open.",
		"Use that one, or close it and start again.",
	}},
	{core.ErrNoControl, Words{
		"The Rentbell that runs does not answer",
		"It has the data open, and only it can read it now.",
		"Try again in a moment, or close it.",
	}},
	{core.ErrNoWindow, Words{
		"The Rentbell that runs has no window",
		"It runs as rentbelld and has the same data open.",
		"Stop that one, then open Rentbell.",
	}},
	{core.ErrNewer, Words{
		"This data belongs to a newer Rentbell",
		"A later version wrote it, and this one cannot read it. Nothing was changed.",
		"Install the newest Rentbell and start again.",
	}},

	// A backup that is no use: its own damage may be wrapped, and is not that of the data.
	{core.ErrNoBackup, Words{
		"This is no backup of Rentbell",
		"The file holds something else.",
		"Choose a file that Rentbell has made.",
	}},
	{core.ErrBadBackup, Words{
		"This backup is damaged",
		"Its parts do not fit together. Your records are as they were.",
		"Choose another backup, or copy this one again from where it came.",
	}},

	{core.ErrDamaged, Words{
		"The file with your data is damaged",
		"The disk of this computer did not keep it as it was. Nothing was changed.",
		"Run “rentbelld check --repair”. It saves what can be read and keeps the damaged file.",
	}},
	{core.ErrNoStore, Words{
		"Your data is not where it should be",
		"Something that is no file has the name of the file with your data. Nothing was changed.",
		"Move it out of the data folder and start again, or bring your data back from a backup.",
	}},

	// How long records are kept.
	{core.ErrBadYears, Words{
		"Records cannot be kept like this",
		"The number of years is out of range.",
		"Choose one of those offered.",
	}},

	// Settings.
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

	// Newer versions.
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

	// The health check and the test event.
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

	// Deliveries and exports.
	{core.ErrForged, Words{
		"One delivery was rejected",
		"Its signature did not match, so it was kept out of your records.",
		"If you made a new secret today, register the webhook again. If not, you can leave it.",
	}},
	{core.ErrNotFound, Words{
		"This is no longer there",
		"It may have been handled in the meantime.",
		"Open the page again.",
	}},
	{core.ErrFormat, Words{
		"Rentbell does not write this kind of file",
		"It writes CSV files for QuickBooks and Xero, bank files (.qbo and .ofx), Excel workbooks, and a CSV file with everything.",
		"Choose one of these.",
	}},
	{core.ErrPeriod, Words{
		"The period has no days",
		"It ends before it begins.",
		"Choose other days.",
	}},
	{core.ErrNoRecipe, Words{
		"This export cannot be made again",
		"An earlier version of Rentbell made it and did not keep how.",
		"Export its days anew.",
	}},
	{core.ErrNotTheSame, Words{
		"The export would not be the same",
		"Since then payments were deleted, or Rentbell or the time zone of this computer changed. Nothing was written.",
		"Look for a copy of the file, or export its days anew.",
	}},
	{core.ErrExporting, Words{
		"Another export goes on",
		"Two at a time could hold the same payments.",
		"Wait until it has ended, then try again.",
	}},
	{core.ErrOfficeAway, Words{
		"The office is out of reach",
		"The computer that receives for the office knows what was exported last. What is new waits until it answers.",
		"Try again later, or export a period. That is not remembered.",
	}},
	{core.ErrForeignLink, Words{
		"Another user's link has this name",
		"It leads somewhere else, and a file of yours there would be replaced.",
		"Choose another folder, or another name.",
	}},
	{core.ErrForeignDir, Words{
		"This folder belongs to another user",
		"Whoever owns it can read and change what Rentbell keeps there.",
		"Choose a folder of your own for the data.",
	}},
	{core.ErrSharedDir, Words{
		"Other users can put files into this folder",
		"Your records need a folder of their own.",
		"Choose a new, empty folder for the data.",
	}},
	{core.ErrNoTable, Words{
		"This is no file",
		"It is a folder, or something else that holds no table.",
		"Choose a CSV, text or Excel file.",
	}},
	{core.ErrEmptyTable, Words{
		"The file is empty",
		"There is no row in it.",
		"Choose another file.",
	}},
	{core.ErrPDF, Words{
		"This is a PDF",
		"It holds pages and no table.",
		"Save the report as CSV or Excel.",
	}},
	{core.ErrWorkbook, Words{
		"Rentbell cannot read this workbook",
		"It has a password, comes from an old Excel or another program, or is damaged.",
		"Open it there and save it as CSV.",
	}},
	{core.ErrNotFile, Words{
		"Rentbell cannot write there",
		"Something that is no file has this name.",
		"Choose another name.",
	}},
	{core.ErrLaterImport, Words{
		"Something else was imported since",
		"Only the last import can be undone.",
		"Look at Settings, Data.",
	}},
	{core.ErrNoIDColumn, Words{
		"There is no column with ids",
		"Rentbell knows none of the titles in this file as one of ids.",
		"Say which column holds the ids, or choose another file.",
	}},
	{core.ErrColumns, Words{
		"It is not certain which columns count",
		"The titles in this file do not say which column holds the ids and which the names.",
		"Say which they are.",
	}},
	{core.ErrRentColumns, Words{
		"It is not certain which column holds the rents",
		"The titles in this file do not say which column holds what each lease pays a month.",
		"Say which it is.",
	}},
	{core.ErrReportColumns, Words{
		"It is not certain which columns count",
		"The titles in this file do not say where everything is that this report needs.",
		"Say which columns they are, or choose another report.",
	}},
	{core.ErrEmptyReport, Words{
		"There is nothing in this report",
		"No row of it could be read.",
		"Choose another file.",
	}},
	{core.ErrNoRents, Words{
		"There are no rents in this file",
		"No row has a lease's id and a rent.",
		"Choose another file.",
	}},
	{core.ErrNoNames, Words{
		"There are no names in this file",
		"No row has an id and a name.",
		"Choose another file.",
	}},
	{core.ErrTableTooLarge, Words{
		"The file is too large",
		"Rentbell reads up to 100,000 rows or 5 MB.",
		"Choose another file, or split this one.",
	}},

	// The disk.
	{diskFull, Words{
		"Rentbell cannot save",
		"The disk of this computer is full.",
		"Free some space.",
	}},
	{readOnly, Words{
		"Rentbell cannot save",
		"The disk does not let anything be written.",
		"Choose another folder, or make the disk writable.",
	}},
	{longName, unfitName},
	{badName, unfitName},
	{core.ErrStorage, Words{
		"Rentbell cannot save",
		"The disk of this computer did not take it.",
		"Check that the disk is connected and has space, then try again.",
	}},
	{fs.ErrPermission, Words{
		"Rentbell may not use this folder",
		"This computer does not let you read or write there.",
		"Choose another folder, or ask whoever looks after the computer.",
	}},
	{fs.ErrNotExist, Words{
		"This folder is not there",
		"It may have been moved, or its drive is not connected.",
		"Choose another folder.",
	}},
	{fs.ErrExist, Words{
		"A file of this name is already there",
		"Rentbell does not write over it.",
		"Choose another name.",
	}},
}
