package ui

import (
	"errors"
	"slices"
	"strconv"
	"strings"
	"time"

	"rentbell/core"
)

// cannotReach is the title of every trouble that only time or the network mends.
const cannotReach = "AppFolio cannot reach this computer"

// tunnelWords are ngrok's answers by the number in their code
// (ngrok.com/docs/errors/reference), in the words of those who meet them. Cause
// and fix fit on the banner's one line.
var tunnelWords = []struct {
	codes []int
	words Words
}{
	{[]int{105, 106}, Words{
		"The ngrok authtoken was refused",
		"It does not look like an authtoken.",
		"Paste it again in Settings.",
	}},
	{[]int{107, 300}, Words{
		"The ngrok authtoken was refused",
		"It was reset or taken back at ngrok.",
		"Paste the present one in Settings.",
	}},
	{[]int{4018}, Words{
		"The ngrok authtoken is missing",
		"ngrok wants to know who asks.",
		"Paste your authtoken in Settings.",
	}},
	{[]int{108}, Words{
		"ngrok is in use on too many computers",
		"Your account allows no more at a time.",
		"Close Rentbell or ngrok on another one.",
	}},
	{[]int{123, 382}, Words{
		"ngrok does not know your e-mail address yet",
		"ngrok has sent you an e-mail.",
		"Follow its link, then choose Try now.",
	}},
	{[]int{102, 337}, Words{
		"ngrok has stopped serving your account",
		"Your last payment to ngrok did not go through.",
		"Check Billing at ngrok.",
	}},
	{[]int{103, 338}, Words{
		"ngrok has stopped serving your account",
		"The account is suspended.",
		"Ask ngrok's support, then choose Try now.",
	}},
	{[]int{115, 116}, Words{
		"ngrok does not serve you from this place",
		"Your account does not allow this network.",
		"Check IP restrictions at ngrok.",
	}},
	{[]int{9009}, Words{
		"ngrok does not work through this network",
		"Your plan does not include proxies.",
		"Use another network, or choose a larger plan.",
	}},
	{[]int{121}, Words{
		"This Rentbell is too old for ngrok",
		"ngrok no longer serves this version.",
		"Install the newest Rentbell.",
	}},
	{[]int{313, 314}, Words{
		"Your ngrok plan does not include this address",
		"Every account has a free one.",
		"Clear the reserved address in Settings.",
	}},
	{[]int{316, 318, 319, 320, 354}, Words{
		"This address is not yours at ngrok",
		"Your account has not reserved it.",
		"Copy yours from ngrok, or clear it in Settings.",
	}},
	{[]int{326, 327, 328, 329, 330, 331, 347, 355, 396, 397}, Words{
		"This is no address ngrok can give",
		"The reserved address is not spelt like one.",
		"Correct or clear it in Settings.",
	}},
	{[]int{324, 348, 349, 350, 351}, Words{
		"Your ngrok account has no room for another address",
		"Your plan allows no more at a time.",
		"Close ngrok on another computer.",
	}},
	{[]int{334}, Words{
		"Your address is in use",
		"Another program has it open, perhaps on another computer.",
		"Close it there.",
	}},
	{[]int{702, 725, 726, 727, 734}, Words{
		"Your ngrok plan is used up",
		"ngrok delivers no more for now.",
		"See Usage at ngrok, or choose a larger plan.",
	}},
	{[]int{8012}, Words{
		"Deliveries do not get through to Rentbell",
		"ngrok reaches this computer, but nothing answers.",
		"Choose Try now.",
	}},
}

func explainTunnel(e *core.TunnelError) Words {
	number, err := strconv.Atoi(strings.TrimPrefix(e.Code, "ERR_NGROK_"))
	if err == nil {
		for _, t := range tunnelWords {
			if slices.Contains(t.codes, number) {
				return t.words
			}
		}
	}
	switch {
	case e.Refused:
		return Words{"ngrok does not open your address", reasonGiven(e.Code), "Check your account at ngrok, then choose Try now."}
	case e.Code != "":
		return Words{cannotReach, reasonGiven(e.Code), "Rentbell keeps trying."}
	}
	return explainDrop(silenceOf(e.Err), "")
}

// reasonGiven repeats a code only Rentbell does not know: ngrok's support does.
func reasonGiven(code string) string {
	if code == "" {
		return "ngrok gives no reason."
	}
	return "ngrok gives " + code + " as the reason."
}

// explainDrop says why there is no connection; since says when it was lost,
// within a sentence, and is empty when there was none to lose.
func explainDrop(s silence, since string) Words {
	const keeps = "Check your Wi-Fi. Rentbell keeps trying."
	switch {
	case s == offline && since == "":
		return Words{cannotReach, "This computer has no way to the internet.", keeps}
	case s == offline:
		return Words{cannotReach, "The internet dropped " + since + ".", keeps}
	case s == tooSlow:
		return Words{cannotReach, "ngrok does not answer in time.", keeps}
	case s == shut:
		return Words{cannotReach, "A firewall or VPN may shut the way to ngrok.", "Try another network. Rentbell keeps trying."}
	case s == untrusted:
		return Words{cannotReach, "What answers in ngrok's place cannot be trusted.",
			"Check this computer's clock and firewall."}
	case since == "":
		return Words{cannotReach, "There is no connection to ngrok.", keeps}
	}
	return Words{cannotReach, "The connection dropped " + since + ".", keeps}
}

// explainStatus says why deliveries do not arrive or are not kept, for the
// banner. ok is false while all is well, or is about to be.
func explainStatus(s core.Status, now time.Time) (w Words, ok bool) {
	switch {
	case s.Storage != nil:
		w = Explain(s.Storage)
		w.Title = "Rentbell cannot keep what arrives"
		w.Fix += " AppFolio sends again what was not kept."
		return w, true
	case s.Connection == core.ConnectionRefused:
		return Explain(s.Problem), true
	case s.Connection != core.Unreachable:
		return Words{}, false
	}
	var tunnel *core.TunnelError
	if errors.As(s.Problem, &tunnel) && tunnel.Code != "" {
		return explainTunnel(tunnel), true
	}
	since := ""
	if s.Address != "" { // it was open before
		since = at(s.Since, now)
	}
	return explainDrop(silenceOf(s.Problem), since), true
}
