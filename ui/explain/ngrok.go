package explain

import (
	"regexp"
	"slices"
	"strconv"

	"rentbell/core"
)

// cannotReach is the title of every trouble that only time or the network mends.
const cannotReach = "AppFolio cannot reach this computer"

// ngrokAnswers are ngrok's answers by the number in their code
// (ngrok.com/docs/errors/reference), in the words of those who meet them. Cause
// and fix fit on the banner's one line.
var ngrokAnswers = []struct {
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
		"Follow its link, then try again.",
	}},
	{[]int{102, 337}, Words{
		"ngrok has stopped serving your account",
		"Your last payment to ngrok did not go through.",
		"Check Billing at ngrok.",
	}},
	{[]int{103, 338}, Words{
		"ngrok has stopped serving your account",
		"The account is suspended.",
		"Ask ngrok's support, then try again.",
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
		"Try again.",
	}},
	{[]int{3200}, Words{
		"ngrok does not know that you are here",
		"Your address is closed at its end.",
		"Try again in a moment.",
	}},
}

// codeOf finds the number in ngrok's code. Everything else in its place is not
// repeated to anybody.
var codeOf = regexp.MustCompile(`^ERR_NGROK_([0-9]{1,6})$`)

// answerOf looks ngrok's code up.
func answerOf(code string) (w Words, known bool) {
	match := codeOf.FindStringSubmatch(code)
	if match == nil {
		return Words{}, false
	}
	number, _ := strconv.Atoi(match[1]) // a few digits
	for _, answer := range ngrokAnswers {
		if slices.Contains(answer.codes, number) {
			return answer.words, true
		}
	}
	return Words{}, false
}

// steps are the words for where a diagnosis came no further.
var steps = map[core.Step]Words{
	core.StepTCP: {
		cannotReach,
		"This computer cannot reach ngrok.",
		"Check your Wi-Fi, and whether a firewall shuts the way.",
	},
	core.StepTLS: {
		cannotReach,
		"Something on the way looks into the connection to ngrok.",
		"Let ngrok through your firewall or virus scanner, or try another network.",
	},
	core.StepMuxado: {
		cannotReach,
		"Something between this computer and ngrok speaks another language.",
		"A firewall that inspects connections may do that. Let ngrok through, or try another network.",
	},
}

// keepsTrying ends a trouble that mends by itself.
const keepsTrying = "Rentbell keeps trying."

// triesAgain ends a registration that mends by itself.
const triesAgain = "Rentbell tries again by itself."

// tunnelDown says why there is no tunnel. since says when it was lost, within a
// sentence, and is empty when there was none to lose; again says when it is
// tried again, where that is of use. Both are in the reader's language.
func (t Tongue) tunnelDown(e *core.TunnelError, since, again string) Words {
	if w, known := answerOf(e.Code); known {
		return t.words(w)
	}
	if w, known := lookUp(e.Err, onTheWay); known {
		return t.words(w)
	}
	switch s := silenceOf(e.Err); {
	case e.Refused && s == barred:
		return t.silent("Rentbell may not use this port", silences[s].ngrok, "")
	case e.Refused:
		return Words{t("ngrok does not open your address"), t.reasonGiven(e.Code), t("Check your account at ngrok, then try again.")}
	case e.Code != "":
		return Words{t(cannotReach), t.reasonGiven(e.Code), again}
	case e.Step != "" && (s == dropped || s == untrusted):
		return t.words(steps[e.Step])
	default:
		return t.drop(s, since, again)
	}
}

// reasonGiven repeats a code only Rentbell does not know: ngrok's support does.
func (t Tongue) reasonGiven(code string) string {
	if !codeOf.MatchString(code) {
		return t("ngrok gives no reason.")
	}
	return t("ngrok gives %s as the reason.", code)
}

// drop says why there is no connection to ngrok; since and again are those of
// tunnelDown.
func (t Tongue) drop(s silence, since, again string) Words {
	of := silences[s]
	if !of.waits {
		again = ""
	}
	w := t.silent(cannotReach, of.ngrok, again)
	switch {
	case since == "":
	case s == offline:
		w.Cause = t("The internet dropped %s.", since)
	case s == dropped:
		w.Cause = t("The connection dropped %s.", since)
	}
	return w
}
