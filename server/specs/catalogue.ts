/** The built-in specs: the JSON files of ./catalogue in the order of the page, parsed once at start. */
import amazon from './catalogue/amazon.json' with { type: 'json' };
import appStore from './catalogue/app-store.json' with { type: 'json' };
import bilibili from './catalogue/bilibili.json' with { type: 'json' };
import bluesky from './catalogue/bluesky.json' with { type: 'json' };
import discord from './catalogue/discord.json' with { type: 'json' };
import displayAds from './catalogue/display-ads.json' with { type: 'json' };
import douyin from './catalogue/douyin.json' with { type: 'json' };
import ebay from './catalogue/ebay.json' with { type: 'json' };
import email from './catalogue/email.json' with { type: 'json' };
import etsy from './catalogue/etsy.json' with { type: 'json' };
import facebook from './catalogue/facebook.json' with { type: 'json' };
import googleAds from './catalogue/google-ads.json' with { type: 'json' };
import googlePlay from './catalogue/google-play.json' with { type: 'json' };
import idPhoto from './catalogue/id-photo.json' with { type: 'json' };
import instagram from './catalogue/instagram.json' with { type: 'json' };
import linkedin from './catalogue/linkedin.json' with { type: 'json' };
import mastodon from './catalogue/mastodon.json' with { type: 'json' };
import pinterest from './catalogue/pinterest.json' with { type: 'json' };
import print from './catalogue/print.json' with { type: 'json' };
import reddit from './catalogue/reddit.json' with { type: 'json' };
import shopify from './catalogue/shopify.json' with { type: 'json' };
import slack from './catalogue/slack.json' with { type: 'json' };
import snapchat from './catalogue/snapchat.json' with { type: 'json' };
import taobao from './catalogue/taobao.json' with { type: 'json' };
import telegram from './catalogue/telegram.json' with { type: 'json' };
import threads from './catalogue/threads.json' with { type: 'json' };
import tiktok from './catalogue/tiktok.json' with { type: 'json' };
import twitch from './catalogue/twitch.json' with { type: 'json' };
import web from './catalogue/web.json' with { type: 'json' };
import wechat from './catalogue/wechat.json' with { type: 'json' };
import weibo from './catalogue/weibo.json' with { type: 'json' };
import whatsapp from './catalogue/whatsapp.json' with { type: 'json' };
import x from './catalogue/x.json' with { type: 'json' };
import xiaohongshu from './catalogue/xiaohongshu.json' with { type: 'json' };
import youtube from './catalogue/youtube.json' with { type: 'json' };
import { type Catalogue, createCatalogue } from './catalogue.shared.ts';
import { parseCatalogue } from './parseCatalogue.ts';

export type { Catalogue } from './catalogue.shared.ts';

/** What a first visit to the workspace starts with. */
const popularIds = [
  'instagram-portrait-4x5',
  'instagram-square',
  'instagram-story',
  'facebook-link',
  'x-post',
  'linkedin-post',
  'youtube-thumbnail',
  'pinterest-pin',
];

/** Every built-in spec, deep-frozen, group by group in the order of the page. */
export const builtIn: Catalogue = createCatalogue(
  parseCatalogue([
    ['instagram.json', instagram],
    ['facebook.json', facebook],
    ['threads.json', threads],
    ['x.json', x],
    ['linkedin.json', linkedin],
    ['youtube.json', youtube],
    ['tiktok.json', tiktok],
    ['pinterest.json', pinterest],
    ['snapchat.json', snapchat],
    ['whatsapp.json', whatsapp],
    ['telegram.json', telegram],
    ['discord.json', discord],
    ['slack.json', slack],
    ['twitch.json', twitch],
    ['reddit.json', reddit],
    ['bluesky.json', bluesky],
    ['mastodon.json', mastodon],
    ['wechat.json', wechat],
    ['xiaohongshu.json', xiaohongshu],
    ['douyin.json', douyin],
    ['bilibili.json', bilibili],
    ['weibo.json', weibo],
    ['amazon.json', amazon],
    ['etsy.json', etsy],
    ['ebay.json', ebay],
    ['shopify.json', shopify],
    ['taobao.json', taobao],
    ['google-ads.json', googleAds],
    ['display-ads.json', displayAds],
    ['web.json', web],
    ['email.json', email],
    ['app-store.json', appStore],
    ['google-play.json', googlePlay],
    ['id-photo.json', idPhoto],
    ['print.json', print],
  ]),
  popularIds,
);
