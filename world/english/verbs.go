package english

import (
	"github.com/agentscaler/scaler"
	"github.com/agentscaler/scaler/internal/words"
)

// Verbs says what kind of operation a verb asks for.
var Verbs = verbTable(map[scaler.Kind]string{
	scaler.Get:        "get fetch retrieve read show describe lookup view detail inspect load obtain peek head display",
	scaler.List:       "list search find query browse filter all index discover explore enumerate autocomplete suggest recommend lookups scan",
	scaler.Create:     "create add new insert register make post book place reserve schedule upload open buy purchase generate request import signup enroll compose draft init initialize initiate record write store build clone copy duplicate fork submit put",
	scaler.Update:     "update edit modify change set patch replace rename move upsert adjust recharge refill replenish restock topup configure reschedule reorder extend increase decrease transfer sync reset rotate refresh overwrite alter save choose select plan",
	scaler.Delete:     "delete remove destroy clear purge unregister drop erase wipe kill discard uninstall",
	scaler.Transition: "",
	scaler.Aggregate:  "count sum total average aggregate statistics stats summarize tally",
	scaler.Compute:    "calculate compute convert validate estimate encode decode hash evaluate solve multiply divide subtract factorial simplify differentiate integrate",
	scaler.Event:      "send notify email log track trigger ping emit print play broadcast alert sms execute run invoke fire publishevent say reply call dial navigate click press type think reason escalate_to handoff",
	scaler.Relate:     "attach detach link unlink assign unassign invite subscribe unsubscribe follow unfollow like unlike join leave associate disassociate share unshare grant",
})

// NounVerbs are verbs that are as often nouns: they count only where they lead
// a name.
var NounVerbs = words.Set(`order post issue set report test book ship watch note comment contact process name file list
	check view store record schedule request return log track email call play print alert like share link index
	query filter search count total average stats statistics sum detail draft copy clone build fork import sms type
	press run plan select transfer open all new index put place purchase estimate hash reset sync leave join`)

// Participles maps a verb of transition to the status it leads to.
var Participles = map[string]string{
	"cancel": "cancelled", "approve": "approved", "reject": "rejected", "close": "closed", "reopen": "open",
	"activate": "active", "deactivate": "inactive", "enable": "enabled", "disable": "disabled",
	"reactivate": "active", "suspend": "suspended", "unsuspend": "active", "resume": "active", "pause": "paused",
	"unpause": "active", "start": "started", "stop": "stopped", "complete": "completed", "finish": "finished",
	"ship": "shipped", "deliver": "delivered", "return": "returned", "archive": "archived", "unarchive": "active",
	"restore": "active", "publish": "published", "unpublish": "draft", "confirm": "confirmed", "accept": "accepted",
	"decline": "declined", "lock": "locked", "unlock": "unlocked", "block": "blocked", "unblock": "active",
	"ban": "banned", "unban": "active", "void": "voided", "refund": "refunded", "capture": "captured", "pay": "paid",
	"expire": "expired", "revoke": "revoked", "terminate": "terminated", "resolve": "resolved",
	"escalate": "escalated", "dispatch": "dispatched", "hold": "on_hold", "release": "released", "renew": "active",
	"verify": "verified", "merge": "merged", "freeze": "frozen", "unfreeze": "active", "abort": "aborted",
	"acknowledge": "acknowledged", "finalize": "finalized", "process": "processing", "fulfill": "fulfilled",
	"exchange": "exchanged", "mute": "muted", "unmute": "unmuted", "pin": "pinned", "unpin": "unpinned",
	"hide": "hidden", "promote": "promoted", "retire": "retired", "settle": "settled", "dismiss": "dismissed",
	"discharge": "discharged", "admit": "admitted", "checkin": "checked_in", "checkout": "checked_out",
	"redeem": "redeemed", "withdraw": "withdrawn", "reinstate": "active", "launch": "launched",
	"undelete": "active", "power": "powered", "renounce": "renounced", "reserve": "reserved", "unreserve": "available",
	"unapprove": "unapproved", "enroll": "enrolled", "unenroll": "unenrolled",
	"deploy": "deployed", "undeploy": "undeployed", "allocate": "allocated", "deallocate": "deallocated", "unallocate": "unallocated",
	"mount": "mounted", "unmount": "unmounted", "connect": "connected", "disconnect": "disconnected", "sign": "signed",
	"star": "starred", "unstar": "unstarred", "flag": "flagged", "unflag": "unflagged",
	"unresolve": "open", "end": "ended", "begin": "started", "trash": "trashed", "untrash": "active",
	"deprecate": "deprecated", "defer": "deferred", "postpone": "postponed", "quarantine": "quarantined",
}

func verbTable(lists map[scaler.Kind]string) map[string]scaler.Kind {
	out := map[string]scaler.Kind{}
	for kind, list := range lists {
		for w := range words.Set(list) {
			out[w] = kind
		}
	}
	for w := range Participles {
		if _, ok := out[w]; !ok {
			out[w] = scaler.Transition
		}
	}
	return out
}

// Fillers are words of a name that name neither an operation nor a thing.
var Fillers = words.Set(`a an the of my me your all details detail info information data current available specific
	single multiple bulk batch existing given full latest new api service endpoint list result results v1 v2 v3
	id ids method function tool operation`)

// Prepositions end the noun phrase of a name: orders by customer.
var Prepositions = words.Set("by for from in with on to at of using via within between per into as and or")
