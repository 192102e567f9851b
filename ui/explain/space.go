package explain

import (
	"net/http"
	"strings"

	"rentbell/core"
)

// developerSpace are the troubles that only this connection kind knows.
var developerSpace = []row{
	{core.ErrNoKeys, Words{
		"Deliveries cannot be checked",
		"AppFolio's public keys are out of reach, so nobody can tell whether AppFolio signed.",
		"Check the connection. AppFolio tries again for some time.",
	}},
	{core.ErrReportsCredentials, Words{
		"AppFolio refused the keys for payments",
		"The id or the secret of the Reports API is not right, or they belong to another company.",
		"Copy both again, and compare the company's name.",
	}},
	{core.ErrTestByHand, Words{
		"Only AppFolio can send a test event",
		"In Developer Space it signs with a key that nobody else has.",
		"Press Send Test Event on AppFolio's page, and see it arrive under Webhook.",
	}},
	{core.ErrCredentials, Words{
		"AppFolio refused these keys",
		"The client id, the client secret or the developer id is not right.",
		"Copy all three again from Developer Space.",
	}},
	{core.ErrUnavailable, Words{
		"AppFolio's records are closed",
		"It looks after them at night, Pacific time.",
		"Nothing is lost: Rentbell reads them when they open again.",
	}},
	{core.ErrBadKind, Words{
		"Rentbell does not know this kind of connection",
		"There are three: Webhook API, Developer Space and reports.",
		"Choose one of these.",
	}},
	{core.ErrBadReportsDir, Words{
		"This is no folder for reports",
		"The path of a folder begins at the top of a disk.",
		"Choose a folder.",
	}},
	{core.ErrBadReportsURL, Words{
		"This is no address of reports",
		"It begins with https:// and a name, like https://oakline.appfolio.com.",
		"Copy it again, or leave it empty for the usual one.",
	}},
	{core.ErrBadCompany, Words{
		"This is no company name of AppFolio's",
		"It is the first part of your AppFolio address: oakline in https://oakline.appfolio.com.",
		"Copy it from the address line of your browser.",
	}},
	{core.ErrBadAccountID, Words{
		"This is no id",
		"An id of AppFolio's has letters, digits and dashes, and no spaces.",
		"Copy it alone, and paste it again.",
	}},
}

// unread is said when AppFolio does not hand out its records, for a reason that
// has no row above.
func (t Tongue) unread(e *core.Refused) Words {
	const waits = "Rentbell tries again by itself. Nothing is lost."
	switch {
	case e.Status == 0:
		if s := silenceOf(e); s != dropped {
			return t.silent("AppFolio's records cannot be read", silences[s].other, "")
		}
		return t.words(Words{"AppFolio does not answer", "Its records cannot be read now.", waits})
	case e.Status == http.StatusTooManyRequests:
		return t.words(Words{"AppFolio asks for a pause", "It was asked more often than it likes.", waits})
	case e.Temporary():
		return t.words(Words{"AppFolio has trouble of its own", "Its records cannot be read now.", waits})
	}
	w := t.words(Words{
		"AppFolio does not hand out its records",
		"It did not say why.",
		"Check the connection in Settings. If it is right, ask AppFolio's support.",
	})
	if e.Message != "" {
		w.Cause = t("It said: %s.", strings.TrimRight(e.Message, "."))
	}
	return w
}
